/** A console that a line can be sent to. */
export interface Receiver {
  id: string;
  name: string;
}

/**
 * Which consoles a line goes to.
 *
 * @param selected devices on the canvas: their consoles, if those are several
 * @param chosen what the user ticked instead, if anything
 */
export function receivers(
  consoles: Receiver[],
  selected: string[],
  chosen: ReadonlySet<string> | undefined,
): Receiver[] {
  if (chosen) {
    return consoles.filter(({ id }) => chosen.has(id));
  }
  const among = consoles.filter(({ id }) => selected.includes(id));
  return among.length > 1 ? among : consoles;
}

/** Who gets it, in words; names while they are few. */
export function receiversInWords(to: Receiver[], of: number): string {
  if (to.length === 0) {
    return 'no console';
  }
  if (to.length === of) {
    return `all ${of} consoles`;
  }
  return to.length < 4 ? to.map(({ name }) => name).join(', ') : `${to.length} of ${of} consoles`;
}
