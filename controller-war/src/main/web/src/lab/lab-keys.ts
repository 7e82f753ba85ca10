import type { Link } from '../api/types';
import type { Canvas } from '../canvas/canvas';
import type { Kind, Ref, Selection } from '../canvas/selection';
import type { History } from '../state/history';
import type { LabStore } from '../state/lab-store';
import type { Commands } from './commands';
import type { Key } from './keys';
import type { LabActions } from './menus';

interface Parts {
  lab: LabStore;
  selection: Selection;
  commands: Commands;
  history: History;
  canvas: Canvas;
  actions: LabActions;
  help: () => void;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const;

/** The keys of the canvas that the user may use. */
export function labKeys(parts: Parts): Key[] {
  return all(parts).filter((key) => !key.needs || parts.actions.may(key.needs));
}

function all(parts: Parts): Key[] {
  const { lab, selection, commands, history, canvas, actions } = parts;
  const [firstNode] = selection.ids('node');
  return [
    { keys: ['?'], label: 'This list', run: parts.help },
    { keys: ['n'], label: 'Select the next device', run: () => step(parts, 'node', 1) },
    { keys: ['p'], label: 'Select the device before', run: () => step(parts, 'node', -1) },
    { keys: ['k'], label: 'Select the next link, of the selected device first', run: () => step(parts, 'link', 1) },
    { keys: ['j'], label: 'Select the link before', run: () => step(parts, 'link', -1) },
    { keys: ['d'], label: 'Select the next drawing', run: () => step(parts, 'drawing', 1) },
    {
      keys: ['mod+a'],
      label: 'Select everything',
      run: () =>
        selection.set([
          ...lab.nodes.all().map((node): Ref => ({ kind: 'node', id: node.node_id })),
          ...lab.drawings.all().map((one): Ref => ({ kind: 'drawing', id: one.drawing_id })),
        ]),
    },
    { keys: ['Escape'], label: 'Select nothing', run: () => selection.clear() },
    ...Object.entries(ARROWS).flatMap(([key, [x, y]]): Key[] => [
      { keys: [key], label: 'Move what is selected', needs: 'edit', run: () => nudge(parts, x * 10, y * 10) },
      { keys: [`shift+${key}`], label: 'Move it by a pixel', needs: 'edit', run: () => nudge(parts, x, y) },
      { keys: [`mod+${key}`], label: 'Move the view', run: () => canvas.viewport.panBy(-x * 120, -y * 120) },
    ]),
    {
      keys: ['Enter'],
      label: 'Open the console',
      needs: 'operate',
      run: () => actions.openConsole(selection.ids('node')),
    },
    { keys: ['s'], label: 'Start what is selected', needs: 'operate', run: () => commands.nodesDo('start', selection.ids('node')) },
    { keys: ['x'], label: 'Stop what is selected', needs: 'operate', run: () => commands.nodesDo('stop', selection.ids('node')) },
    {
      keys: ['l'],
      label: 'Connect the selected device; with two, connect them',
      needs: 'edit',
      run: () => {
        const [, second] = selection.ids('node');
        if (firstNode && second) {
          void canvas.connect(firstNode, second);
        } else if (firstNode) {
          canvas.startWire(firstNode);
        }
      },
    },
    {
      keys: ['F2'],
      label: 'Rename, or edit a text',
      needs: 'edit',
      run: () => {
        const [first] = selection.all();
        if (first) {
          canvas.edit(first);
        }
      },
    },
    {
      keys: ['mod+d'],
      label: 'Duplicate',
      needs: 'edit',
      run: () => commands.copying.duplicate(selection.all(), { x: 60, y: 60 }),
    },
    { keys: ['mod+c'], label: 'Copy', run: () => commands.copying.copy(selection.all()) },
    { keys: ['mod+v'], label: 'Paste, also from another lab', needs: 'edit', run: () => commands.copying.paste() },
    {
      keys: ['Delete', 'Backspace'],
      label: 'Delete',
      needs: 'edit',
      run: () => commands.remove(selection.all()),
    },
    { keys: ['mod+z'], label: 'Undo', needs: 'edit', run: () => history.undo() },
    { keys: ['mod+y', 'mod+shift+z'], label: 'Redo', needs: 'edit', run: () => history.redo() },
    { keys: ['+', '='], label: 'Zoom in', run: () => canvas.viewport.zoomBy(1.25) },
    { keys: ['-'], label: 'Zoom out', run: () => canvas.viewport.zoomBy(0.8) },
    { keys: ['1'], label: 'Zoom to 100 percent', run: () => canvas.viewport.zoomTo(1) },
    { keys: ['0'], label: 'Zoom to fit', run: () => canvas.fit() },
    { keys: ['i'], label: 'Details of what is selected', run: actions.showDetails },
  ];
}

function step({ lab, selection, canvas }: Parts, kind: Kind, by: number): void {
  const ids = inOrder(lab, kind);
  const at = ids.indexOf(selection.ids(kind).at(-1) ?? '');
  const [node = ''] = selection.ids('node');
  const first = kind === 'link' ? ids.findIndex((id) => isAt(lab.links.get(id), node)) : -1;
  const beginning = first >= 0 ? first : Math.min(0, by);
  const id = ids.at((at < 0 ? beginning : at + by) % ids.length);
  if (id) {
    canvas.focusOn({ kind, id });
  }
}

function isAt(link: Link | undefined, node: string): boolean {
  return link?.nodes.some((end) => end.node_id === node) ?? false;
}

/** As one goes through them by keys: by their names, drawings from the upper left. */
function inOrder(lab: LabStore, kind: Kind): string[] {
  const nameOf = (id: string) => lab.nodes.get(id)?.name ?? '';
  const byName = (one: string, other: string) => one.localeCompare(other, undefined, { numeric: true });
  switch (kind) {
    case 'node':
      return lab.nodes.all().map((node) => node.node_id).sort((a, b) => byName(nameOf(a), nameOf(b)));
    case 'link':
      return lab.links
        .all()
        .map(({ link_id, nodes }) => ({ link_id, ends: nodes.map((end) => nameOf(end.node_id)).sort(byName).join(' ') }))
        .sort((a, b) => byName(a.ends, b.ends))
        .map(({ link_id }) => link_id);
    case 'drawing':
      return lab.drawings.all().sort((a, b) => a.y - b.y || a.x - b.x).map((one) => one.drawing_id);
  }
}

function nudge({ selection, commands, canvas }: Parts, x: number, y: number): void {
  const refs = selection.all().filter((ref) => ref.kind !== 'link' && !commands.locked(ref));
  if (refs.length > 0) {
    void commands.nudge(refs, (ref) => {
      const grid = canvas.gridFor(ref);
      const by = (way: number) => (grid && way ? Math.sign(way) * grid : way);
      return { x: by(x), y: by(y) };
    });
  }
}
