import { api } from '../api/client';
import type { Canvas } from '../canvas/canvas';
import type { Ref, Selection } from '../canvas/selection';
import type { LabStore } from '../state/lab-store';
import type { Right } from '../api/types';
import { attempt } from '../state/messages';
import { allowed, type MenuEntry } from '../ui/menu-entries';
import type { Commands } from './commands';
import { allNodesDo } from './verbs';
import { alwaysOn } from '../projects/actions';

/** What the menus reach beyond the lab itself. */
export interface LabActions {
  openConsole(nodes: string[]): void;
  openPackets(link: string): void;
  showDetails(): void;
  addNote(): void;
  /** Whether the user may do this with the lab. */
  may(right: Right | 'own'): boolean;
}

/** The menu for what is selected, or for the ground when nothing is; with what the user may do. */
export function contextMenu(
  lab: LabStore,
  selection: Selection,
  commands: Commands,
  canvas: Canvas,
  actions: LabActions,
): MenuEntry[] {
  return allowed(everything(lab, selection, commands, canvas, actions), actions.may);
}

function everything(
  lab: LabStore,
  selection: Selection,
  commands: Commands,
  canvas: Canvas,
  actions: LabActions,
): MenuEntry[] {
  const refs = selection.all();
  const nodes = selection.ids('node');
  const links = selection.ids('link');
  if (nodes.length > 0) {
    return nodeMenu(lab, nodes, refs, commands, canvas, actions);
  }
  if (links.length > 0) {
    return linkMenu(lab, links[0]!, commands, actions);
  }
  if (refs.length > 0) {
    return drawingMenu(lab, refs, commands, canvas);
  }
  const project = lab.project;
  const set = (what: 'show_grid' | 'snap_to_grid') =>
    attempt('The project was not changed', async () => {
      lab.project = await api.updateProject(lab.id, { [what]: !project?.[what] });
      lab.changed.emit();
    });
  return [
    { label: 'Start all', needs: 'operate', icon: 'play', run: () => allNodesDo(lab, 'start') },
    { label: 'Stop all', needs: 'operate', icon: 'stop', run: () => allNodesDo(lab, 'stop') },
    '-',
    { label: 'Add a note', needs: 'edit', icon: 'text', run: actions.addNote },
    { label: project?.show_grid ? 'Hide the grid' : 'Show the grid', needs: 'edit', icon: 'grid', run: () => set('show_grid') },
    {
      needs: 'edit',
      label: project?.snap_to_grid ? 'Do not snap to the grid' : 'Snap to the grid',
      icon: 'grid',
      run: () => set('snap_to_grid'),
    },
    '-',
    { label: 'Zoom to fit', icon: 'fit', keys: '0', run: () => canvas.fit() },
  ];
}

function nodeMenu(
  lab: LabStore,
  ids: string[],
  refs: Ref[],
  commands: Commands,
  canvas: Canvas,
  actions: LabActions,
): MenuEntry[] {
  const nodes = ids.flatMap((id) => lab.nodes.get(id) ?? []);
  const [first] = nodes;
  const running = nodes.filter((node) => node.status === 'started' && !alwaysOn(node.node_type));
  const locked = nodes.every((node) => node.locked);
  return [
    {
      needs: 'operate',
      label: nodes.length > 1 ? 'Open consoles' : 'Open console',
      icon: 'terminal',
      keys: 'Enter',
      disabled: nodes.every((node) => !hasConsole(node)),
      run: () => actions.openConsole(ids),
    },
    {
      label: 'Start',
      needs: 'operate',
      icon: 'play',
      keys: 'S',
      disabled: nodes.every((node) => node.status === 'started'),
      run: () => commands.nodesDo('start', ids),
    },
    {
      label: 'Suspend',
      needs: 'operate',
      icon: 'pause',
      disabled: running.length === 0,
      run: () => commands.nodesDo('suspend', ids),
    },
    {
      label: 'Stop',
      needs: 'operate',
      icon: 'stop',
      keys: 'X',
      disabled: nodes.every((node) => node.status === 'stopped' || alwaysOn(node.node_type)),
      run: () => commands.nodesDo('stop', ids),
    },
    {
      label: 'Reload',
      needs: 'operate',
      icon: 'reload',
      disabled: running.length === 0,
      run: () => commands.nodesDo('reload', ids),
    },
    '-',
    ...(first && nodes.length === 1
      ? ([
          { label: 'Connect…', needs: 'edit', icon: 'link', keys: 'L', run: () => canvas.startWire(first.node_id) },
          { label: 'Rename', needs: 'edit', icon: 'text', keys: 'F2', run: () => canvas.edit(refs[0]!) },
          { label: 'Settings', icon: 'settings', run: actions.showDetails },
        ] as MenuEntry[])
      : []),
    {
      label: 'Duplicate',
      needs: 'edit',
      icon: 'copy',
      keys: 'Ctrl D',
      run: () => commands.copying.duplicate(refs, { x: 60, y: 60 }),
    },
    ...layers(lab, refs, commands),
    {
      needs: 'edit',
      label: locked ? 'Unlock' : 'Lock',
      icon: locked ? 'unlock' : 'lock',
      run: () =>
        commands.changeNodes(
          locked ? 'Unlock' : 'Lock',
          new Map(ids.map((id) => [id, { locked: !locked }])),
        ),
    },
    '-',
    {
      label: 'Delete',
      needs: 'edit',
      icon: 'trash',
      keys: 'Delete',
      danger: true,
      disabled: locked,
      run: () => commands.remove(refs),
    },
  ];
}

function linkMenu(lab: LabStore, id: string, commands: Commands, actions: LabActions): MenuEntry[] {
  const link = lab.links.get(id);
  if (!link) {
    return [];
  }
  return [
    { label: link.capturing ? 'Show packets' : 'Capture packets', needs: link.capturing ? 'view' : 'operate', icon: 'packets', run: () => actions.openPackets(id) },
    ...(link.capturing
      ? ([
          {
            label: 'Stop the capture',
            needs: 'operate',
            icon: 'stop',
            run: () =>
              attempt('The capture goes on', async () => {
                lab.links.put(await api.stopCapture(lab.id, id));
              }),
          },
        ] as MenuEntry[])
      : []),
    {
      needs: 'edit',
      label: link.suspend ? 'Resume the link' : 'Suspend the link',
      icon: link.suspend ? 'play' : 'pause',
      run: () =>
        commands.changeLink(link.suspend ? 'Resume the link' : 'Suspend the link', id, {
          suspend: !link.suspend,
        }),
    },
    { label: 'Filters and style', icon: 'filter', run: actions.showDetails },
    '-',
    {
      label: 'Delete',
      needs: 'edit',
      icon: 'trash',
      keys: 'Delete',
      danger: true,
      run: () => commands.remove([{ kind: 'link', id }]),
    },
  ];
}

function drawingMenu(lab: LabStore, refs: Ref[], commands: Commands, canvas: Canvas): MenuEntry[] {
  const [first] = refs;
  const drawing = lab.drawings.get(first!.id);
  return [
    { label: 'Edit the text', needs: 'edit', icon: 'text', keys: 'F2', run: () => canvas.edit(first!) },
    {
      label: 'Duplicate',
      needs: 'edit',
      icon: 'copy',
      keys: 'Ctrl D',
      run: () => commands.copying.duplicate(refs, { x: 30, y: 30 }),
    },
    ...layers(lab, refs, commands),
    {
      needs: 'edit',
      label: drawing?.locked ? 'Unlock' : 'Lock',
      icon: drawing?.locked ? 'unlock' : 'lock',
      run: () => commands.changeDrawing('Lock', first!.id, { locked: !drawing?.locked }),
    },
    '-',
    {
      label: 'Delete',
      needs: 'edit',
      icon: 'trash',
      keys: 'Delete',
      danger: true,
      disabled: drawing?.locked === true,
      run: () => commands.remove(refs),
    },
  ];
}

function layers(lab: LabStore, refs: Ref[], commands: Commands): MenuEntry[] {
  const shift = async (by: 1 | -1) => {
    const nodes = refs.flatMap((ref) => lab.nodes.get(ref.id) ?? []);
    if (nodes.length > 0) {
      await commands.changeNodes(
        by > 0 ? 'Raise' : 'Lower',
        new Map(nodes.map((node) => [node.node_id, { z: node.z + by }])),
      );
    }
    for (const ref of refs) {
      const drawing = lab.drawings.get(ref.id);
      if (drawing) {
        await commands.changeDrawing(by > 0 ? 'Raise' : 'Lower', ref.id, { z: drawing.z + by });
      }
    }
  };
  return [
    { label: 'Raise one layer', needs: 'edit', icon: 'front', run: () => shift(1) },
    { label: 'Lower one layer', needs: 'edit', icon: 'back', run: () => shift(-1) },
  ];
}

export function hasConsole(node: { console_type: string | null }): boolean {
  return ['telnet', 'vnc', 'http', 'https'].includes(node.console_type ?? 'none');
}
