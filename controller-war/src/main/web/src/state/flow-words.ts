import type { Link } from '../api/types';
import { bitsPerSecond, perSecond } from '../ui/numbers';
import type { LabStore } from './lab-store';
import type { Flow, Moment } from './traffic';

/** What passes a link, in words: who is at its ends, and a line for each way. */
export function flowWords(
  lab: LabStore,
  link: Link,
  flow: Flow | undefined,
): { title: string; lines: string[] } {
  const names = link.nodes.map((end) => lab.nodes.get(end.node_id)?.name ?? '?');
  const title = names.join(' – ');
  if (!flow) {
    return { title, lines: [link.suspend ? 'Suspended' : 'Nothing is counted here yet'] };
  }
  const [one, other] = names;
  return {
    title,
    lines: [
      `${one} → ${other}: ${rate(flow.sent, flow.bitsSent)}`,
      `${other} → ${one}: ${rate(flow.received, flow.bitsReceived)}`,
      ...(flow.dropped >= 0.05 ? [`Dropped: ${perSecond(flow.dropped)}`] : []),
      ...(link.suspend ? ['Suspended'] : []),
    ],
  };
}

function rate(frames: number, bits: number | undefined): string {
  return bits === undefined ? perSecond(frames) : `${perSecond(frames)}, ${bitsPerSecond(bits)}`;
}

/** The last minute of a link as a line of one unit, and its highest point in words. */
export function pastOf(history: Moment[]): { values: number[]; most: string } {
  const inBits = history.every((moment) => moment.bits !== undefined);
  const values = history.map((moment) => (inBits ? moment.bits! : moment.frames));
  const most = Math.max(0, ...values);
  return {
    values,
    most: `At most ${inBits ? bitsPerSecond(most) : perSecond(most)} in the last minute`,
  };
}
