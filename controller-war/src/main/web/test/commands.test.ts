import { afterEach, describe, expect, test, vi } from 'vitest';
import { api } from '../src/api/client';
import { ApiError } from '../src/api/http';
import type { LabNode, Link } from '../src/api/types';
import { Selection, type Ref } from '../src/canvas/selection';
import { Commands } from '../src/lab/commands';
import { History } from '../src/state/history';
import { LabStore } from '../src/state/lab-store';

const PC: Ref = { kind: 'node', id: 'a' };

/** A lab with one node and one link, and a server that answers when it is told to. */
function made() {
  const lab = new LabStore('lab');
  lab.nodes.put({ node_id: 'a', name: 'PC1', x: 0, y: 0 } as LabNode);
  lab.links.put({ link_id: 'l', suspend: false } as Link);
  return { lab, commands: new Commands(lab, new History(), new Selection()) };
}

afterEach(() => vi.restoreAllMocks());

describe('commands', () => {
  test('each step of a key that is held counts, though the server is slower', async () => {
    const { lab, commands } = made();
    let release = () => {};
    const slow = new Promise<void>((resolve) => (release = resolve));
    vi.spyOn(api, 'updateNode').mockImplementation(async (_, __, change) => {
      await slow;
      return { ...lab.nodes.get('a')!, ...change };
    });
    const turns = [1, 2, 3].map(() => commands.nudge([PC], () => ({ x: 10, y: 0 })));
    release();
    await Promise.all(turns);
    expect(lab.nodes.get('a')!.x).toBe(30);
  });

  test('what may not be moved is shown where it was', async () => {
    const { lab, commands } = made();
    vi.spyOn(api, 'updateNode').mockRejectedValue(new ApiError(409, 'It stays.'));
    const moved = await commands.move([{ ref: PC, from: { x: 0, y: 0 }, to: { x: 50, y: 5 } }]);
    expect(moved).toBe(false);
    expect(lab.nodes.get('a')).toMatchObject({ x: 0, y: 0 });
  });

  test('undo puts back what was there when a change was made, not when it was asked for', async () => {
    const lab = new LabStore('lab');
    const history = new History();
    const commands = new Commands(lab, history, new Selection());
    lab.links.put({ link_id: 'l', suspend: false } as Link);
    vi.spyOn(api, 'updateLink').mockImplementation(
      async (_, id, change) => ({ ...lab.links.get(id)!, ...change }) as Link,
    );
    const style = (width: number) => commands.changeLink('Line', 'l', { link_style: { width } });
    await Promise.all([style(3), style(5)]);
    await history.undo();
    expect(lab.links.get('l')!.link_style).toEqual({ width: 3 });
  });
});
