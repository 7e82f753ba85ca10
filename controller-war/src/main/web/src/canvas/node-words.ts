import type { LabStore } from '../state/lab-store';
import type { NodeView } from './node-view';

/** So many of a node's neighbours are named; the others are counted. */
const NAMED = 4;

/** Keeps what nodes are called, for who does not see them, as their links come and go. */
export class NodeWords {
  constructor(
    private readonly lab: LabStore,
    private readonly views: ReadonlyMap<string, NodeView>,
    private readonly linksOf: ReadonlyMap<string, ReadonlySet<string>>,
  ) {}

  describe(node: string): void {
    const links = this.linksOf.get(node) ?? new Set();
    const names: string[] = [];
    for (const id of links) {
      const other = this.lab.links.get(id)?.nodes.find((end) => end.node_id !== node);
      names.push(this.lab.nodes.get(other?.node_id ?? '')?.name ?? 'itself');
      if (names.length === NAMED) {
        break;
      }
    }
    this.views.get(node)?.describe(names, links.size - names.length);
  }

  /** A node that has another name is called by it at its neighbours, too. */
  renamed(node: string): void {
    const near = [...(this.linksOf.get(node) ?? [])].flatMap((id) => this.lab.links.get(id)?.nodes ?? []);
    new Set(near.map((end) => end.node_id)).forEach((id) => this.describe(id));
  }
}
