import type { Decoded } from './decode/frame';

/** Words that all have to be somewhere in a packet; one with a minus before it must not. */
export function matcher(query: string): (packet: Decoded) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return () => true;
  }
  return ({ source, destination, protocol, summary, layers }) => {
    const text = [source, destination, protocol, summary, ...layers.map((layer) => layer.name)]
      .join(' ')
      .toLowerCase();
    return words.every((word) =>
      word.length > 1 && word.startsWith('-') ? !text.includes(word.slice(1)) : text.includes(word),
    );
  };
}
