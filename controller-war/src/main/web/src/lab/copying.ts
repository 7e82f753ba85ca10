import { api } from '../api/client';
import type { Drawing, LabNode, Link, LinkEnd } from '../api/types';
import type { Point } from '../canvas/geometry';
import type { Ref, Selection } from '../canvas/selection';
import type { History } from '../state/history';
import type { LabStore } from '../state/lab-store';
import { each } from './each';
import { copyOf } from './former';

/** What was copied, with the links among it. */
interface Clip {
  lab: string;
  nodes: LabNode[];
  drawings: Drawing[];
  links: Link[];
}

/** So far beside what was copied the next copy lies, and the one after that again. */
const STEP = 60;

// Kept from one lab to the next: what is copied in one can be put into another.
let clip: Clip | undefined;
let pasted = 0;

/** Copies of devices and drawings, in the same lab or in another one. */
export class Copying {
  constructor(
    private readonly lab: LabStore,
    private readonly history: History,
    private readonly selection: Selection,
  ) {}

  /** Makes copies beside what is there. */
  duplicate(refs: Ref[], by: Point): Promise<boolean> {
    return this.put(this.gather(refs), by, 'Duplicate');
  }

  copy(refs: Ref[]): void {
    const found = this.gather(refs);
    if (found.nodes.length + found.drawings.length > 0) {
      clip = found;
      pasted = 0;
    }
  }

  async paste(): Promise<void> {
    if (clip) {
      pasted++;
      await this.put(clip, { x: STEP * pasted, y: STEP * pasted }, 'Paste');
    }
  }

  private gather(refs: Ref[]): Clip {
    const { lab } = this;
    const nodes = refs.flatMap((ref) => (ref.kind === 'node' && lab.nodes.get(ref.id)) || []);
    const drawings = refs.flatMap((ref) => (ref.kind === 'drawing' && lab.drawings.get(ref.id)) || []);
    const ids = new Set(nodes.map((node) => node.node_id));
    const links = lab.links.all().filter((link) => link.nodes.every((end) => ids.has(end.node_id)));
    return { lab: lab.id, nodes, drawings, links };
  }

  private async put(from: Clip, by: Point, verb: string): Promise<boolean> {
    const count = from.nodes.length + from.drawings.length;
    if (count === 0) {
      return false;
    }
    let made: Ref[] = [];
    return this.history.run({
      label: `${verb} ${count === 1 ? (from.nodes[0]?.name ?? 'a drawing') : `${count} things`}`,
      run: async () => {
        made = [];
        const copies = new Map<string, string>();
        await each(from.nodes, async (node) => {
          const copy = await this.copyNode(from.lab, node, by);
          this.lab.nodes.put(copy);
          copies.set(node.node_id, copy.node_id);
          made.push({ kind: 'node', id: copy.node_id });
        });
        await each(from.drawings, async ({ svg, x, y, z, rotation }) => {
          const place = { x: x + by.x, y: y + by.y };
          const copy = await api.createDrawing(this.lab.id, { svg, z, rotation, ...place });
          this.lab.drawings.put(copy);
          made.push({ kind: 'drawing', id: copy.drawing_id });
        });
        await each(from.links, (link) => this.copyLink(link, copies));
        this.selection.set(made);
      },
      undo: () =>
        each(made, (ref) =>
          ref.kind === 'node'
            ? api.deleteNode(this.lab.id, ref.id)
            : api.deleteDrawing(this.lab.id, ref.id),
        ),
    });
  }

  /** In its own lab the server copies its disks, too. */
  private copyNode(lab: string, node: LabNode, by: Point): Promise<LabNode> {
    const [x, y] = [node.x + by.x, node.y + by.y];
    if (lab === this.lab.id && this.lab.nodes.get(node.node_id)) {
      return api.duplicateNode(lab, node.node_id, x, y, node.z);
    }
    const { node_id: _, ...rest } = copyOf(node);
    return api.createNode(this.lab.id, { ...rest, x, y });
  }

  private async copyLink({ nodes, filters, link_style }: Link, copies: Map<string, string>): Promise<void> {
    const ends = nodes.map((end) => ({ ...end, node_id: copies.get(end.node_id)! })) as [LinkEnd, LinkEnd];
    this.lab.links.put(
      await api.createLink(this.lab.id, { nodes: ends, filters, ...(link_style ? { link_style } : {}) }),
    );
  }
}
