import { api, type Verb } from '../api/client';
import type { LabNode } from '../api/types';
import { ApiError } from '../api/http';
import type { LabStore } from '../state/lab-store';
import { attempt } from '../state/messages';
import { works } from '../state/works';
import { each } from './each';

export const DOING: Record<Verb, string> = {
  start: 'Starting',
  stop: 'Stopping',
  suspend: 'Suspending',
  reload: 'Reloading',
};

/** Does it to some nodes; why one refused is said, and shown at the node until its state changes. */
export function nodesDo(lab: LabStore, verb: Verb, ids: string[]): Promise<void> {
  const name = (id: string) => lab.nodes.get(id)?.name ?? 'The node';
  const what = ids.length === 1 ? name(ids[0]!) : `${ids.length} devices`;
  let done = 0;
  return works.during(`${DOING[verb]} ${what}…`, (tell) =>
    each(ids, async (id) => {
      await attempt(`${name(id)} did not ${verb}`, () => nodeDoes(lab, verb, id));
      if (ids.length > 1) {
        tell(++done / ids.length);
      }
    }),
  );
}

async function nodeDoes(lab: LabStore, verb: Verb, id: string): Promise<void> {
  const change = (fields: Partial<LabNode>) => {
    const node = lab.nodes.get(id);
    if (node) {
      lab.nodes.put({ ...node, ...fields });
    }
  };
  change({ doing: DOING[verb].toLowerCase(), refusal: undefined });
  try {
    lab.nodes.put(await api.nodeDo(lab.id, id, verb));
  } catch (refused) {
    // That the server is away says nothing about the node.
    if (refused instanceof ApiError && refused.status !== 0) {
      change({ refusal: refused.message });
    }
    throw refused;
  } finally {
    change({ doing: undefined });
  }
}

/** Does it to all nodes of a lab by one request. */
export async function allNodesDo(lab: LabStore, verb: Verb): Promise<void> {
  await works.during(`${DOING[verb]} all devices…`, () =>
    attempt(`Not every device could ${verb}`, () => api.allNodesDo(lab.id, verb)),
  );
}
