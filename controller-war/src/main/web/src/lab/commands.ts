import { api, type Verb } from '../api/client';
import type { Drawing, Label, LabNode, Link, LinkEnd, Template } from '../api/types';
import type { Point } from '../canvas/geometry';
import type { Ref, Selection } from '../canvas/selection';
import type { Collection } from '../state/collection';
import type { History } from '../state/history';
import type { LabStore } from '../state/lab-store';
import { Copying } from './copying';
import { each } from './each';
import { copyOf, former } from './former';
import { nodesDo } from './verbs';

export interface Move {
  ref: Ref;
  from: Point;
  to: Point;
}

/** What a user does to a lab, as steps that can be taken back. */
export class Commands {
  readonly copying: Copying;

  constructor(
    readonly lab: LabStore,
    private readonly history: History,
    private readonly selection: Selection,
  ) {
    this.copying = new Copying(lab, history, selection);
  }

  private get project(): string {
    return this.lab.id;
  }

  private name(refs: Ref[]): string {
    const [first] = refs;
    const node = first && this.lab.nodes.get(first.id);
    return refs.length === 1 ? (node?.name ?? first!.kind) : `${refs.length} things`;
  }

  move(moves: Move[]): Promise<boolean> {
    return this.history.run({
      label: `Move ${this.name(moves.map((move) => move.ref))}`,
      run: () => this.place(moves, 'to'),
      undo: () => this.place(moves, 'from'),
    });
  }

  /** Moves things from where they are when its turn comes: keys are pressed faster than servers answer. */
  nudge(refs: Ref[], by: (ref: Ref) => Point): Promise<boolean> {
    let moves: Move[] = [];
    return this.history.run({
      label: `Move ${this.name(refs)}`,
      run: () => {
        moves = refs.flatMap((ref) => {
          const from = this.lab.nodes.get(ref.id) ?? this.lab.drawings.get(ref.id);
          const { x, y } = by(ref);
          return from ? { ref, from: { x: from.x, y: from.y }, to: { x: from.x + x, y: from.y + y } } : [];
        });
        return this.place(moves, 'to');
      },
      undo: () => this.place(moves, 'from'),
    });
  }

  private place(moves: Move[], side: 'from' | 'to'): Promise<void> {
    const { nodes, drawings } = this.lab;
    return each(moves, ({ ref: { kind, id }, [side]: to }) =>
      kind === 'node' ? this.put(nodes, id, to, api.updateNode) : this.put(drawings, id, to, api.updateDrawing),
    );
  }

  /** Shows something at a place at once, and where it was if that is refused. */
  private async put<T extends Point>(
    all: Collection<T>,
    id: string,
    { x, y }: Point,
    send: (project: string, id: string, change: Point) => Promise<unknown>,
  ): Promise<void> {
    const before = all.get(id);
    if (before) {
      all.put({ ...before, x, y });
    }
    try {
      await send(this.project, id, { x, y });
    } catch (refused) {
      const now = all.get(id);
      if (before && now) {
        all.put({ ...now, x: before.x, y: before.y });
      }
      throw refused;
    }
  }

  /** Changes fields of nodes; what they were is put back by undo. */
  changeNodes(label: string, changes: Map<string, Partial<LabNode>>): Promise<boolean> {
    return this.change(label, changes, this.lab.nodes, api.updateNode);
  }

  changeDrawing(label: string, id: string, change: Partial<Drawing>): Promise<boolean> {
    return this.change(label, new Map([[id, change]]), this.lab.drawings, api.updateDrawing);
  }

  changeLink(label: string, id: string, change: Partial<Link>): Promise<boolean> {
    return this.change(label, new Map([[id, change]]), this.lab.links, api.updateLink);
  }

  /** What the fields were is what they are when the turn comes: another change may be on its way. */
  private change<T extends object>(
    label: string,
    changes: Map<string, Partial<T>>,
    known: Collection<T>,
    send: (project: string, id: string, change: Partial<T>) => Promise<T>,
  ): Promise<boolean> {
    let before = new Map<string, Partial<T>>();
    const apply = (all: Map<string, Partial<T>>) =>
      each([...all], async ([id, change]) => known.put(await send(this.project, id, change)));
    return this.history.run({
      label,
      run: () => {
        before = new Map([...changes].map(([id, change]) => [id, former(known.get(id), change)]));
        return apply(changes);
      },
      undo: () => apply(before),
    });
  }

  async addFromTemplate(template: Template, place: Point, compute: string): Promise<void> {
    let made: LabNode | undefined;
    await this.history.run({
      label: `Add ${template.name}`,
      run: async () => {
        made = made
          ? await api.createNode(this.project, copyOf(made))
          : await api.useTemplate(
              this.project,
              template.template_id,
              Math.round(place.x),
              Math.round(place.y),
              compute,
            );
        this.lab.nodes.put(made);
        this.selection.set([{ kind: 'node', id: made.node_id }]);
      },
      undo: () => api.deleteNode(this.project, made!.node_id),
    });
  }

  connect(nodes: [LinkEnd, LinkEnd]): Promise<boolean> {
    let made: Link | undefined;
    return this.history.run({
      label: 'Connect',
      run: async () => {
        made = await api.createLink(this.project, {
          nodes,
          ...(made ? { link_id: made.link_id } : {}),
        });
        this.lab.links.put(made);
      },
      undo: () => api.deleteLink(this.project, made!.link_id),
    });
  }

  async draw(svg: string, place: Point, z = 1): Promise<void> {
    let made: Drawing | undefined;
    await this.history.run({
      label: 'Draw',
      run: async () => {
        made = await api.createDrawing(this.project, {
          svg,
          x: Math.round(place.x),
          y: Math.round(place.y),
          z,
          ...(made ? { drawing_id: made.drawing_id } : {}),
        });
        this.lab.drawings.put(made);
        this.selection.set([{ kind: 'drawing', id: made.drawing_id }]);
      },
      undo: () => api.deleteDrawing(this.project, made!.drawing_id),
    });
  }

  /** Deletes what is selected. Undo makes it again with its settings; disks of machines are gone. */
  async remove(refs: Ref[]): Promise<void> {
    const free = refs.filter((ref) => !this.locked(ref));
    const nodes = free.flatMap((ref) => (ref.kind === 'node' && this.lab.nodes.get(ref.id)) || []);
    const ids = new Set(nodes.map((node) => node.node_id));
    const drawings = free.flatMap(
      (ref) => (ref.kind === 'drawing' && this.lab.drawings.get(ref.id)) || [],
    );
    const links = this.lab.links
      .all()
      .filter(
        (link) =>
          free.some((ref) => ref.id === link.link_id) ||
          link.nodes.some((end) => ids.has(end.node_id)),
      );
    if (nodes.length + drawings.length + links.length === 0) {
      return;
    }
    await this.history.run({
      label: `Delete ${this.name(free)}`,
      run: async () => {
        await each(
          links.filter((link) => !link.nodes.some((end) => ids.has(end.node_id))),
          (link) => api.deleteLink(this.project, link.link_id),
        );
        await each(nodes, (node) => api.deleteNode(this.project, node.node_id));
        await each(drawings, (drawing) => api.deleteDrawing(this.project, drawing.drawing_id));
      },
      undo: async () => {
        await each(nodes, async (node) =>
          this.lab.nodes.put(await api.createNode(this.project, copyOf(node))),
        );
        await each(drawings, async ({ drawing_id, svg, x, y, z, rotation, locked }) =>
          this.lab.drawings.put(
            await api.createDrawing(this.project, { drawing_id, svg, x, y, z, rotation, locked }),
          ),
        );
        await each(links, async ({ link_id, nodes: ends, filters, suspend, link_style }) =>
          this.lab.links.put(
            await api.createLink(this.project, {
              link_id,
              nodes: ends,
              filters,
              suspend,
              ...(link_style ? { link_style } : {}),
            }),
          ),
        );
      },
    });
  }

  rename(node: LabNode, name: string): Promise<boolean> {
    const label: Label = { ...node.label, text: name };
    return this.changeNodes(`Rename ${node.name}`, new Map([[node.node_id, { name, label }]]));
  }

  /** Starting and the like are no steps to undo: a node that ran is not what it was. */
  nodesDo(verb: Verb, ids: string[]): Promise<void> {
    return nodesDo(this.lab, verb, ids);
  }

  locked(ref: Ref): boolean {
    return !!(this.lab.nodes.get(ref.id)?.locked ?? this.lab.drawings.get(ref.id)?.locked);
  }
}
