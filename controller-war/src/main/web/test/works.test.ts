import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { api } from '../src/api/client';
import { ApiError } from '../src/api/http';
import type { Drawing, LabNode, Link } from '../src/api/types';
import { Selection } from '../src/canvas/selection';
import { Copying } from '../src/lab/copying';
import { nodesDo } from '../src/lab/verbs';
import { History } from '../src/state/history';
import { LabStore } from '../src/state/lab-store';
import { Works } from '../src/state/works';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('works', () => {
  beforeEach(() => void vi.useFakeTimers());

  test('are shown once they take a second, and how far they are', async () => {
    const works = new Works();
    let finish = () => {};
    let tell: (part: number) => void = () => {};
    const done = works.during('Starting 2 devices…', (teller) => {
      tell = teller;
      return new Promise<void>((resolve) => (finish = resolve));
    });
    vi.advanceTimersByTime(900);
    expect(works.shown).toEqual([]);
    vi.advanceTimersByTime(200);
    tell(0.5);
    expect(works.shown).toEqual([{ what: 'Starting 2 devices…', part: 0.5 }]);
    finish();
    await done;
    expect(works.shown).toEqual([]);
  });

  test('that fail are over, too', async () => {
    const works = new Works();
    await expect(works.during('Stopping…', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    vi.advanceTimersByTime(2_000);
    expect(works.shown).toEqual([]);
  });
});

describe('a start', () => {
  test('that is refused is told at its device', async () => {
    const lab = new LabStore('lab');
    lab.nodes.put({ node_id: 'a', name: 'R1', status: 'stopped' } as LabNode);
    let doing: string | undefined;
    vi.spyOn(api, 'nodeDo').mockImplementation(async () => {
      doing = lab.nodes.get('a')!.doing;
      throw new ApiError(409, 'There is no image.');
    });
    await nodesDo(lab, 'start', ['a']);
    expect(doing).toBe('starting');
    expect(lab.nodes.get('a')).toMatchObject({ doing: undefined, refusal: 'There is no image.' });
  });
});

describe('copies', () => {
  /** A server that makes what it is asked for, by numbers. */
  function serving(): unknown[] {
    const asked: unknown[] = [];
    let next = 0;
    vi.spyOn(api, 'duplicateNode').mockImplementation(async (_, id, x, y) => {
      asked.push(['duplicate', id, x, y]);
      return { node_id: `copy${next++}`, x, y } as LabNode;
    });
    vi.spyOn(api, 'createNode').mockImplementation(async (_, node) => {
      asked.push(['create', node.name, node.node_id, node.x]);
      return { ...node, node_id: `copy${next++}` } as LabNode;
    });
    vi.spyOn(api, 'createDrawing').mockImplementation(async (_, drawing) => {
      return { ...drawing, drawing_id: `copy${next++}` } as Drawing;
    });
    vi.spyOn(api, 'createLink').mockImplementation(async (_, link) => {
      asked.push(['link', ...link.nodes.map((end) => end.node_id)]);
      return { ...link, link_id: 'copied' } as Link;
    });
    return asked;
  }

  function filled(): LabStore {
    const lab = new LabStore('lab');
    const node = (node_id: string, x: number) => lab.nodes.put({ node_id, name: node_id, x, y: 0, z: 1 } as LabNode);
    node('a', 0);
    node('b', 100);
    node('c', 200);
    const end = (node_id: string) => ({ node_id, adapter_number: 0, port_number: 0 });
    lab.links.put({ link_id: 'ab', nodes: [end('a'), end('b')], filters: {} } as unknown as Link);
    lab.links.put({ link_id: 'bc', nodes: [end('b'), end('c')], filters: {} } as unknown as Link);
    return lab;
  }

  test('have the links among them, and are what is selected then', async () => {
    const asked = serving();
    const lab = filled();
    const selection = new Selection();
    const copying = new Copying(lab, new History(), selection);
    await copying.duplicate(['a', 'b'].map((id) => ({ kind: 'node', id }) as const), { x: 60, y: 60 });
    expect(asked).toEqual([
      ['duplicate', 'a', 60, 60],
      ['duplicate', 'b', 160, 60],
      ['link', 'copy0', 'copy1'],
    ]);
    expect(selection.ids('node')).toEqual(['copy0', 'copy1']);
  });

  test('are made in another lab out of what was copied, each a step further', async () => {
    const asked = serving();
    const from = new Copying(filled(), new History(), new Selection());
    from.copy([{ kind: 'node', id: 'c' }]);
    const other = new LabStore('other');
    const into = new Copying(other, new History(), new Selection());
    await into.paste();
    await into.paste();
    expect(asked).toEqual([
      ['create', 'c', undefined, 260],
      ['create', 'c', undefined, 320],
    ]);
    expect(other.nodes.size).toBe(2);
  });
});
