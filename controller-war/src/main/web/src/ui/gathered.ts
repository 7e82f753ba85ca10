/** More than this is counted instead of being named. */
const FEW = 3;

/** What happened, in as few words as can be listened to. */
export function gathered(texts: string[]): string {
  if (texts.length <= FEW) {
    return texts.join(' ');
  }
  const counts = new Map<string, number>();
  for (const text of texts) {
    const state = text.slice(text.lastIndexOf(' is ') + 1);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts]
    .map(([state, count]) => (count === 1 ? `One device ${state}` : `${count} devices ${state.replace(/^is /, 'are ')}`))
    .join(' ');
}
