import type { Drawing, LabNode, Link } from '../api/types';
import type { LabStore } from '../state/lab-store';
import { levelOf, type Flow } from '../state/traffic';
import { DrawingView } from './drawing-view';
import { around, touch, type Point, type Rect } from './geometry';
import { Ground } from './ground';
import { LinkView, type End } from './link-view';
import { NodeView } from './node-view';
import { NodeWords } from './node-words';
import type { Ref, Selection } from './selection';
import { make } from './svg';
import { removeFocused } from '../ui/focus';

/** What lies above what within a layer. */
const ORDER = ['drawings', 'links', 'ports', 'nodes'] as const;

/** The picture of a lab: a view for each object, and which of them a change is for. */
export class Scene {
  readonly root = make('g');
  readonly nodes = new Map<string, NodeView>();
  readonly links = new Map<string, LinkView>();
  readonly drawings = new Map<string, DrawingView>();
  private readonly layers = new Map<number, Record<(typeof ORDER)[number], SVGGElement>>();
  private readonly linksOf = new Map<string, Set<string>>();
  /** Nodes and drawings that the user has in hand: others' changes do not move them meanwhile. */
  private readonly held = new Set<string>();
  private readonly ground = new Ground();
  private readonly flowing = new Map<string, string>();
  private readonly words: NodeWords;
  private marked = new Set<string>();
  private ends: (() => void)[];

  constructor(
    private readonly lab: LabStore,
    private readonly selection: Selection,
  ) {
    this.words = new NodeWords(lab, this.nodes, this.linksOf);
    this.root.append(this.ground.element);
    lab.drawings.all().forEach((drawing) => this.putDrawing(drawing));
    lab.nodes.all().forEach((node) => this.putNode(node));
    lab.links.all().forEach((link) => this.putLink(link));
    this.ends = [
      lab.nodes.changes.listen(({ id, before, after }) => {
        if (!after) {
          this.drop(this.nodes, id);
          return;
        }
        this.putNode(after);
        if (before && before.name !== after.name) {
          this.words.renamed(id);
        }
      }),
      lab.links.changes.listen(({ id, before, after }) =>
        after ? this.putLink(after) : this.dropLink(id, before),
      ),
      lab.drawings.changes.listen(({ id, after }) =>
        after ? this.putDrawing(after) : this.drop(this.drawings, id),
      ),
      selection.changed.listen(() => this.mark()),
    ];
    this.mark();
  }

  close(): void {
    this.ends.forEach((end) => end());
  }

  rect(ref: Ref): Rect | undefined {
    switch (ref.kind) {
      case 'node':
        return this.nodes.get(ref.id)?.rect;
      case 'drawing':
        return this.drawings.get(ref.id)?.rect;
      case 'link':
        return undefined;
    }
  }

  /** Where something is, and more around it; undefined if there is nothing. */
  get area(): Rect | undefined {
    return this.ground.area;
  }

  /** What shows the object with this id. */
  view(id: string): { element: SVGElement } | undefined {
    return this.nodes.get(id) ?? this.links.get(id) ?? this.drawings.get(id);
  }

  /** The box around everything, or around some of it; undefined if there is nothing. */
  box(refs?: Ref[]): Rect | undefined {
    const rects = refs
      ? refs.flatMap((ref) => this.rect(ref) ?? [])
      : [...this.nodes.values(), ...this.drawings.values()].map((view) => view.rect);
    return around(rects);
  }

  within(area: Rect): Ref[] {
    const found: Ref[] = [];
    this.nodes.forEach((view, id) => touch(view.rect, area) && found.push({ kind: 'node', id }));
    this.drawings.forEach((view, id) => {
      const drawing = this.lab.drawings.get(id);
      if (drawing && !drawing.locked && touch(view.rect, area)) {
        found.push({ kind: 'drawing', id });
      }
    });
    return found;
  }

  hold(refs: Ref[]): void {
    refs.forEach((ref) => this.held.add(ref.id));
  }

  /** Lets go of them, and shows them where the server has them. */
  release(refs: Ref[]): void {
    for (const { id } of refs.filter((ref) => this.held.delete(ref.id))) {
      const node = this.lab.nodes.get(id);
      const drawing = this.lab.drawings.get(id);
      if (node) {
        this.putNode(node);
      } else if (drawing) {
        this.putDrawing(drawing);
      }
    }
  }

  move(ref: Ref, place: Point): void {
    if (ref.kind === 'node') {
      this.nodes.get(ref.id)?.moveTo(place);
      this.redrawLinks(ref.id);
    } else if (ref.kind === 'drawing') {
      this.drawings.get(ref.id)?.moveTo(place);
    }
  }

  /**
   * Shows what passes the links; touches those alone that show something else than before.
   *
   * @returns how many show something
   */
  showFlows(flows: ReadonlyMap<string, Flow>): number {
    for (const [id, view] of this.links) {
      const flow = flows.get(id);
      const level = levelOf(flow);
      const back = !!flow && flow.received > flow.sent;
      const shown = level === 0 ? undefined : `${level}${back}`;
      if (this.flowing.get(id) !== shown) {
        view.showFlow(level, back);
        if (shown) {
          this.flowing.set(id, shown);
        } else {
          this.flowing.delete(id);
        }
      }
    }
    return this.flowing.size;
  }

  private putNode(node: LabNode): void {
    const view = this.nodes.get(node.node_id);
    if (view) {
      const place = this.held.has(node.node_id) ? view.rect : undefined;
      view.update(node);
      if (place) {
        view.moveTo(place);
      }
    } else {
      this.nodes.set(node.node_id, new NodeView(node));
    }
    this.ground.cover(this.nodes.get(node.node_id)!.rect);
    this.lay('nodes', node.z, this.nodes.get(node.node_id)!.element);
    this.redrawLinks(node.node_id);
    this.words.describe(node.node_id);
  }

  private putDrawing(drawing: Drawing): void {
    const view = this.drawings.get(drawing.drawing_id);
    if (view && !this.held.has(drawing.drawing_id)) {
      view.update(drawing);
    } else if (!view) {
      this.drawings.set(drawing.drawing_id, new DrawingView(drawing));
    }
    this.ground.cover(this.drawings.get(drawing.drawing_id)!.rect);
    this.lay('drawings', drawing.z, this.drawings.get(drawing.drawing_id)!.element);
  }

  private putLink(link: Link): void {
    if (!this.links.has(link.link_id)) {
      this.links.set(link.link_id, new LinkView(link));
    }
    for (const end of link.nodes) {
      const of = this.linksOf.get(end.node_id) ?? new Set();
      this.linksOf.set(end.node_id, of.add(link.link_id));
    }
    this.drawLink(link);
    this.siblings(link).forEach((other) => this.drawLink(other));
    link.nodes.forEach((end) => this.words.describe(end.node_id));
  }

  private dropLink(id: string, link: Link | undefined): void {
    link?.nodes.forEach((end) => {
      this.linksOf.get(end.node_id)?.delete(id);
      this.words.describe(end.node_id);
    });
    this.flowing.delete(id);
    this.links.get(id)?.names.remove();
    this.drop(this.links, id);
    if (link) {
      this.siblings(link).forEach((other) => this.drawLink(other));
    }
  }

  private drop(views: Map<string, { element: SVGElement }>, id: string): void {
    removeFocused(views.get(id)?.element, () => this.focusCanvas());
    views.delete(id);
    this.marked.delete(id);
    this.selection.keep((ref) => ref.id !== id);
  }

  /** Links between the same two nodes, itself included. */
  private siblings(link: Link): Link[] {
    const [one, other] = link.nodes;
    if (!one || !other) {
      return [link];
    }
    return [...(this.linksOf.get(one.node_id) ?? [])]
      .flatMap((id) => this.lab.links.get(id) ?? [])
      .filter((sibling) => sibling.nodes.some((end) => end.node_id === other.node_id));
  }

  private redrawLinks(node: string): void {
    this.linksOf.get(node)?.forEach((id) => {
      const link = this.lab.links.get(id);
      if (link) {
        this.drawLink(link);
      }
    });
  }

  private drawLink(link: Link): void {
    const view = this.links.get(link.link_id);
    const ends = link.nodes.map((end): End | undefined => {
      const node = this.lab.nodes.get(end.node_id);
      const rect = this.nodes.get(end.node_id)?.rect;
      return node && rect ? { node, rect } : undefined;
    });
    const [one, other] = ends;
    if (!view || !one || !other) {
      return;
    }
    const siblings = this.siblings(link)
      .map((sibling) => sibling.link_id)
      .sort();
    const forward = link.nodes[0]!.node_id < link.nodes[1]!.node_id;
    const index = siblings.indexOf(link.link_id);
    view.update(
      link,
      [one, other],
      forward ? index : siblings.length - 1 - index,
      siblings.length,
    );
    const layer = Math.min(one.node.z, other.node.z);
    this.lay('links', layer, view.element);
    this.lay('ports', layer, view.names);
  }

  private lay(part: (typeof ORDER)[number], z: number, element: SVGElement): void {
    const parent = this.layer(z)[part];
    if (element.parentNode !== parent) {
      removeFocused(element, () => queueMicrotask(() => element.focus({ preventScroll: true })));
      parent.append(element);
    }
  }

  private focusCanvas(): void {
    const root = this.root.getRootNode();
    if (root instanceof ShadowRoot) {
      (root.host as HTMLElement).focus({ preventScroll: true });
    }
  }

  private layer(z: number) {
    const known = this.layers.get(z);
    if (known) {
      return known;
    }
    const group = make('g', { class: z < 0 ? 'layer behind' : 'layer' });
    const parts = Object.fromEntries(ORDER.map((name) => [name, make('g', { class: name })])) as Record<
      (typeof ORDER)[number],
      SVGGElement
    >;
    group.append(...ORDER.map((name) => parts[name]));
    const above = [...this.layers.keys()].filter((other) => other > z).sort((a, b) => a - b)[0];
    this.layers.set(z, parts);
    this.root.insertBefore(
      group,
      above === undefined ? null : this.layers.get(above)!.nodes.parentNode,
    );
    return parts;
  }

  /** Touches those alone that were selected or are. */
  private mark(): void {
    const selected = new Set(this.selection.all().map((ref) => ref.id));
    for (const id of new Set([...this.marked, ...selected])) {
      const is = selected.has(id);
      const element = this.view(id)?.element;
      element?.classList.toggle('selected', is);
      if (element?.hasAttribute('aria-pressed')) {
        element.setAttribute('aria-pressed', String(is));
      }
    }
    this.marked = selected;
  }
}
