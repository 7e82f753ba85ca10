import type { LabNode } from '../api/types';
import { symbolUrl } from '../api/urls';
import { kindWords } from '../state/kinds';
import type { Point, Rect } from './geometry';
import { make, set } from './svg';
import { drawText, parseStyle } from './text';

/** How wide the edge is from which a link is drawn. */
const EDGE = 9;

/**
 * One node as it is drawn; changes itself alone, and only where it has to. Its parts stand where
 * they are without a transform of their own: the browser would have to deal with each of these in
 * every frame in which the view moves.
 */
export class NodeView {
  readonly element = make('g', { class: 'node', tabindex: -1, role: 'button', 'aria-pressed': 'false' });
  private readonly edge = make('rect', { class: 'edge', rx: 12 });
  private readonly picture = make('image', { class: 'symbol' });
  /** Shown where the pointer rests. */
  private readonly title = make('title');
  private readonly label = make('text', { class: 'label' });
  private readonly badge = make('circle', { class: 'badge', r: 5 });
  private place: Point;

  constructor(private node: LabNode) {
    this.place = { x: node.x, y: node.y };
    this.element.append(this.edge, this.picture, this.badge, this.label);
    this.update(node);
  }

  get rect(): Rect {
    return { ...this.place, width: this.node.width || 60, height: this.node.height || 60 };
  }

  /** Shows it elsewhere while it is dragged. */
  moveTo(place: Point): void {
    this.place = place;
    this.draw();
  }

  update(node: LabNode): void {
    this.node = node;
    const problem = node.problem ?? node.refusal;
    set(this.element, {
      'data-id': node.node_id,
      'data-status': node.status,
      'data-problem': problem ? 'yes' : undefined,
      'data-doing': node.doing,
    });
    this.title.textContent = problem ?? '';
    if (!problem) {
      this.title.remove();
    } else if (!this.title.parentNode) {
      this.element.prepend(this.title);
    }
    const href = symbolUrl(node.symbol);
    if (this.picture.getAttribute('href') !== href) {
      set(this.picture, { href });
    }
    this.moveTo({ x: node.x, y: node.y });
  }

  /**
   * Says in words what it is, for who does not see it.
   *
   * @param neighbours names of some that it is connected to
   * @param more how many there are beside them
   */
  describe(neighbours: string[], more: number): void {
    const { name, node_type, problem, refusal, doing, status, locked } = this.node;
    const others = more > 0 ? [...neighbours, `${more} more`] : neighbours;
    const ends = others.length > 1 ? `${others.slice(0, -1).join(', ')} and ${others.at(-1)}` : others[0];
    const words = [
      name,
      kindWords(node_type),
      problem ?? doing ?? status,
      ...(refusal ? [refusal] : []),
      ...(locked ? ['locked'] : []),
    ];
    set(this.element, {
      'aria-label': `${words.join(', ')}, ${ends ? `connected to ${ends}` : 'not connected'}`,
    });
  }

  private draw(): void {
    const { x, y, width, height } = this.rect;
    const { label, name } = this.node;
    set(this.picture, { x, y, width, height });
    set(this.edge, { x: x - EDGE, y: y - EDGE, width: width + 2 * EDGE, height: height + 2 * EDGE });
    set(this.badge, { cx: x + width - 2, cy: y + height - 2 });
    drawText(this.label, label.text || name, parseStyle(label.style), {
      x: typeof label.x === 'number' ? x + label.x : null,
      y: y + (label.y ?? -25),
      rotation: label.rotation ?? 0,
      middle: x + width / 2,
    });
  }

  labelBox(): DOMRect {
    return this.label.getBoundingClientRect();
  }
}
