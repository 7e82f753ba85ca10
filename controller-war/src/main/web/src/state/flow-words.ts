import type { Link } from '../api/types';
import { perSecond } from '../ui/numbers';
import type { LabStore } from './lab-store';
import type { Flow } from './traffic';

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
      `${one} → ${other}: ${perSecond(flow.sent)}`,
      `${other} → ${one}: ${perSecond(flow.received)}`,
      ...(flow.dropped >= 0.05 ? [`Dropped: ${perSecond(flow.dropped)}`] : []),
      ...(link.suspend ? ['Suspended'] : []),
    ],
  };
}
