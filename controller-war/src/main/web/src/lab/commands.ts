import { api, type Verb } from '../api/client';
import type { Drawing, Label, LabNode, Link, LinkEnd, Template } from '../api/types';
import type { Point } from '../canvas/geometry';
import type { Ref, Selection } from '../canvas/selection';
import type { History } from '../state/history';
import type { LabStore } from '../state/lab-store';
import { attempt } from '../state/messages';

/** So many requests are on their way at once: more would only wait in the browser. */
const AT_ONCE = 6;

export async function each<T>(items: T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

export interface Move {
  ref: Ref;
  from: Point;
  to: Point;
}

/** What a user does to a lab, as steps that can be taken back. */
export class Commands {
  constructor(
    readonly lab: LabStore,
    private readonly history: History,
    private readonly selection: Selection,
  ) {}

  private get project(): string {
    return this.lab.id;
  }

  private name(refs: Ref[]): string {
    const [first] = refs;
    const node = first && this.lab.nodes.get(first.id);
    return refs.length === 1 ? (node?.name ?? first!.kind) : `${refs.length} things`;
  }

  move(moves: Move[]): Promise<boolean> {
    const to = (side: 'from' | 'to') =>
      each(moves, async ({ ref, [side]: { x, y } }) => {
        if (ref.kind === 'node') {
          const node = this.lab.nodes.get(ref.id);
          if (node) {
            this.lab.nodes.put({ ...node, x, y });
          }
          await api.updateNode(this.project, ref.id, { x, y });
        } else {
          const drawing = this.lab.drawings.get(ref.id);
          if (drawing) {
            this.lab.drawings.put({ ...drawing, x, y });
          }
          await api.updateDrawing(this.project, ref.id, { x, y });
        }
      });
    return this.history.run({
      label: `Move ${this.name(moves.map((move) => move.ref))}`,
      run: () => to('to'),
      undo: () => to('from'),
    });
  }

  /** Changes fields of nodes; what they were is put back by undo. */
  changeNodes(label: string, changes: Map<string, Partial<LabNode>>): Promise<boolean> {
    const before = new Map(
      [...changes].map(([id, change]) => [id, former(this.lab.nodes.get(id), change)]),
    );
    const apply = (all: Map<string, Partial<LabNode>>) =>
      each([...all], async ([id, change]) => {
        this.lab.nodes.put(await api.updateNode(this.project, id, change));
      });
    return this.history.run({ label, run: () => apply(changes), undo: () => apply(before) });
  }

  changeDrawing(label: string, id: string, change: Partial<Drawing>): Promise<boolean> {
    const before = former(this.lab.drawings.get(id), change);
    const apply = async (fields: Partial<Drawing>) => {
      this.lab.drawings.put(await api.updateDrawing(this.project, id, fields));
    };
    return this.history.run({ label, run: () => apply(change), undo: () => apply(before) });
  }

  changeLink(label: string, id: string, change: Partial<Link>): Promise<boolean> {
    const before = former(this.lab.links.get(id), change);
    const apply = async (fields: Partial<Link>) => {
      this.lab.links.put(await api.updateLink(this.project, id, fields));
    };
    return this.history.run({ label, run: () => apply(change), undo: () => apply(before) });
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

  async duplicate(refs: Ref[], by: Point): Promise<void> {
    const made: Ref[] = [];
    await this.history.run({
      label: `Duplicate ${this.name(refs)}`,
      run: async () => {
        made.length = 0;
        await each(refs, async (ref) => {
          const node = ref.kind === 'node' ? this.lab.nodes.get(ref.id) : undefined;
          const drawing = ref.kind === 'drawing' ? this.lab.drawings.get(ref.id) : undefined;
          if (node) {
            const copy = await api.duplicateNode(
              this.project,
              node.node_id,
              node.x + by.x,
              node.y + by.y,
              node.z,
            );
            this.lab.nodes.put(copy);
            made.push({ kind: 'node', id: copy.node_id });
          } else if (drawing) {
            const { svg, x, y, z, rotation } = drawing;
            const place = { x: x + by.x, y: y + by.y };
            const copy = await api.createDrawing(this.project, { svg, z, rotation, ...place });
            this.lab.drawings.put(copy);
            made.push({ kind: 'drawing', id: copy.drawing_id });
          }
        });
        this.selection.set(made);
      },
      undo: () =>
        each(made, (ref) =>
          ref.kind === 'node'
            ? api.deleteNode(this.project, ref.id)
            : api.deleteDrawing(this.project, ref.id),
        ),
    });
  }

  rename(node: LabNode, name: string): Promise<boolean> {
    const label: Label = { ...node.label, text: name };
    return this.changeNodes(`Rename ${node.name}`, new Map([[node.node_id, { name, label }]]));
  }

  /** Starting and the like are no steps to undo: a node that ran is not what it was. */
  async nodesDo(verb: Verb, ids: string[]): Promise<void> {
    await each(ids, async (id) => {
      const name = this.lab.nodes.get(id)?.name ?? 'The node';
      await attempt(`${name}: ${verb} was refused`, async () => {
        this.lab.nodes.put(await api.nodeDo(this.project, id, verb));
      });
    });
  }

  locked(ref: Ref): boolean {
    return !!(this.lab.nodes.get(ref.id)?.locked ?? this.lab.drawings.get(ref.id)?.locked);
  }
}

/** The values that a change replaces. */
function former<T extends object>(item: T | undefined, change: Partial<T>): Partial<T> {
  return Object.fromEntries(
    Object.keys(change).map((key) => [key, item?.[key as keyof T]]),
  ) as Partial<T>;
}

/** What makes a node again that was deleted: all that is not the server's own to say. */
function copyOf(node: LabNode): Partial<LabNode> {
  const { node_id, compute_id, node_type, name, console_type, console_auto_start, label } = node;
  const { symbol, x, y, z, locked, port_name_format, port_segment_size, first_port_name } = node;
  const { template_id, custom_adapters, properties } = node;
  const made = {
    node_id,
    compute_id,
    node_type,
    name,
    console_type,
    console_auto_start,
    label,
    symbol,
    x,
    y,
    z,
    locked,
    port_name_format,
    port_segment_size,
    first_port_name,
    template_id,
    custom_adapters,
    properties,
  };
  return Object.fromEntries(
    Object.entries(made).filter(([, value]) => value !== null && value !== undefined),
  ) as Partial<LabNode>;
}
