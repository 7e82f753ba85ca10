import { expect, test } from 'vitest';
import type { Drawing, LabNode, Link } from '../src/api/types';
import type { Canvas } from '../src/canvas/canvas';
import { Selection, type Ref } from '../src/canvas/selection';
import type { Commands } from '../src/lab/commands';
import { labKeys } from '../src/lab/lab-keys';
import type { LabActions } from '../src/lab/menus';
import { History } from '../src/state/history';
import { LabStore } from '../src/state/lab-store';

/** A lab in which keys are pressed; what is selected then. */
function made() {
  const lab = new LabStore('lab');
  const selection = new Selection();
  ['PC10', 'PC2', 'SW'].forEach((name) => lab.nodes.put({ node_id: name, name } as LabNode));
  const link = (link_id: string, ...ends: string[]) =>
    lab.links.put({ link_id, nodes: ends.map((node_id) => ({ node_id })) } as Link);
  link('ten', 'SW', 'PC10');
  link('two', 'PC2', 'SW');
  lab.drawings.put({ drawing_id: 'low', x: 0, y: 9 } as Drawing);
  lab.drawings.put({ drawing_id: 'high', x: 5, y: 1 } as Drawing);
  const canvas = { focusOn: (ref: Ref) => selection.set([ref]) } as unknown as Canvas;
  const press = (pressed: string) => {
    for (const one of pressed) {
      const keys = labKeys({
        lab,
        selection,
        canvas,
        commands: {} as Commands,
        history: new History(),
        actions: { may: () => true } as unknown as LabActions,
        help: () => undefined,
      });
      void keys.find((key) => key.keys.includes(one))!.run();
    }
    return selection.all().map(({ id }) => id).join();
  };
  return { press, lab };
}

test('devices, links and drawings are gone through by keys, round and round', () => {
  const { press } = made();
  expect(press('n')).toBe('PC2');
  expect(press('nn')).toBe('SW');
  expect(press('n')).toBe('PC2');
  expect(press('p')).toBe('SW');
  expect(press('d')).toBe('high');
  expect(press('dd')).toBe('high');
  expect(press('k')).toBe('two');
  expect(press('k')).toBe('ten');
  expect(press('k')).toBe('two');
  expect(press('j')).toBe('ten');
});

test('links begin with those of the selected device', () => {
  const { press } = made();
  expect(press('nnk')).toBe('ten');
  expect(press('nk')).toBe('two');
});

test('where there is nothing, nothing happens', () => {
  const { press, lab } = made();
  lab.links.remove('ten');
  lab.links.remove('two');
  expect(press('nk')).toBe('PC2');
});
