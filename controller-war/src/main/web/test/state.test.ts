import { describe, expect, test, vi } from 'vitest';
import { api } from '../src/api/client';
import { waitBefore } from '../src/api/feed';
import { prefixOf } from '../src/api/urls';
import { Collection, type Change } from '../src/state/collection';
import { History } from '../src/state/history';
import { LabStore } from '../src/state/lab-store';
import { parse } from '../src/ui/router';
import type { LabNode, Project } from '../src/api/types';

interface Thing {
  id: string;
  name?: string;
}

describe('collection', () => {
  test('tells what differs when all of it is replaced', () => {
    const things = new Collection<Thing>((thing) => thing.id);
    things.replace([{ id: 'a' }, { id: 'b', name: 'old' }]);
    const seen: Change<Thing>[] = [];
    things.changes.listen((change) => seen.push(change));
    things.replace([{ id: 'b', name: 'new' }, { id: 'c' }]);
    expect(seen.map(({ id, after }) => [id, after?.name])).toEqual([
      ['a', undefined],
      ['b', 'new'],
      ['c', undefined],
    ]);
    seen.length = 0;
    things.replace(things.all());
    expect(seen).toEqual([]);
  });

  test('keeps the fields that an event leaves out', () => {
    const things = new Collection<Thing>((thing) => thing.id);
    things.put({ id: 'a', name: 'one' });
    things.put({ id: 'a' });
    expect(things.get('a')?.name).toBe('one');
  });
});

describe('history', () => {
  const step = (log: string[], label: string) => ({
    label,
    run: async () => void log.push(`do ${label}`),
    undo: async () => void log.push(`undo ${label}`),
  });

  test('goes back and forth in order, and forgets what was undone before something new', async () => {
    const history = new History();
    const log: string[] = [];
    await history.run(step(log, 'a'));
    await history.run(step(log, 'b'));
    await history.undo();
    expect(history.redoable).toBe('b');
    await history.redo();
    await history.undo();
    await history.run(step(log, 'c'));
    expect(history.redoable).toBeUndefined();
    expect(history.undoable).toBe('c');
    expect(log).toEqual(['do a', 'do b', 'undo b', 'do b', 'undo b', 'do c']);
  });

  test('steps wait for the one before them', async () => {
    const history = new History();
    const log: string[] = [];
    let release = () => {};
    const slow = new Promise<void>((resolve) => (release = resolve));
    const first = history.run({ ...step(log, 'slow'), run: () => slow });
    const second = history.run(step(log, 'fast'));
    expect(log).toEqual([]);
    release();
    await Promise.all([first, second]);
    expect(log).toEqual(['do fast']);
  });

  test('what is undone or done again is the step that was asked for last, though it is on its way', async () => {
    const history = new History();
    const log: string[] = [];
    await history.run(step(log, 'a'));
    const turns = [history.run(step(log, 'b')), history.undo(), history.redo(), history.undo(), history.undo(), history.undo()];
    expect(await Promise.all(turns)).toEqual([true, true, true, true, true, false]);
    expect(log).toEqual(['do a', 'do b', 'undo b', 'do b', 'undo b', 'undo a']);
  });
});

describe('lab', () => {
  test('asks for everything again only once the answers to the last asking are there', async () => {
    const lab = new LabStore('lab');
    const answers: ((nodes: LabNode[]) => void)[] = [];
    vi.spyOn(api, 'project').mockResolvedValue({ status: 'opened' } as Project);
    vi.spyOn(api, 'links').mockResolvedValue([]);
    vi.spyOn(api, 'drawings').mockResolvedValue([]);
    vi.spyOn(api, 'nodes').mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
    const loads = [lab.load(), lab.load()];
    await vi.waitFor(() => expect(answers.length).toBe(1));
    answers[0]!([{ node_id: 'a' } as LabNode]);
    await loads[0];
    await vi.waitFor(() => expect(answers.length).toBe(2));
    answers[1]!([]);
    await loads[1];
    expect(lab.nodes.size).toBe(0);
    vi.restoreAllMocks();
  });
});

describe('addresses', () => {
  test('the path of a proxy is what stands before the pages', () => {
    expect(prefixOf('/static/web-ui/bundled')).toBe('');
    expect(prefixOf('/labs/one/static/web-ui/bundled')).toBe('/labs/one');
    expect(prefixOf('/')).toBe('');
  });

  test('the page is in the hash; what is unknown is the list of projects', () => {
    expect(parse('#/lab/123')).toEqual({ page: 'lab', ids: ['123'] });
    expect(parse('#/console/1/2')).toEqual({ page: 'console', ids: ['1', '2'] });
    expect(parse('#/lab')).toEqual({ page: 'projects', ids: [] });
    expect(parse('#/nowhere')).toEqual({ page: 'projects', ids: [] });
  });

  test('a feed waits longer after each failure, but never long', () => {
    expect(waitBefore(0, 0)).toBeLessThan(waitBefore(3, 0));
    expect(waitBefore(50, 1)).toBeLessThanOrEqual(10_000);
  });
});
