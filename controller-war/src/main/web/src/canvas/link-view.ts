import type { LabNode, Label, Link } from '../api/types';
import { aside, centre, leaves, serialPath, towards, type Point, type Rect } from './geometry';
import { make, set } from './svg';
import { drawText, parseStyle } from './text';

/** An end of a link as far as the picture needs it. */
export interface End {
  node: LabNode;
  rect: Rect;
}

const DASHES: Record<number, string> = { 2: '8 5', 3: '2 4', 4: '8 4 2 4', 5: '8 4 2 4 2 4' };
const PORT_STYLE = parseStyle('font-size: 8.0;font-weight: normal;fill: #000000');

/** One link as it is drawn: line, state of both ends, port labels and marks in the middle. */
export class LinkView {
  readonly element = make('g', { class: 'link', tabindex: -1, role: 'button', 'aria-pressed': 'false' });
  /** The names of its ports, apart, so that those of all links are hidden by one change. */
  readonly names = make('g');
  private readonly hit = make('path', { class: 'hit' });
  private readonly wire = make('path', { class: 'wire' });
  private readonly flow = make('path', { class: 'flow' });
  private readonly dots = [make('circle', { r: 4.5 }), make('circle', { r: 4.5 })] as const;
  private readonly labels = [
    make('text', { class: 'port', 'data-end': 0 }),
    make('text', { class: 'port', 'data-end': 1 }),
  ] as const;
  private readonly marks = make('g', { class: 'marks' });

  constructor(private link: Link) {
    this.element.append(this.hit, this.wire, ...this.dots);
    this.names.append(...this.labels);
    set(this.element, { 'data-id': link.link_id });
  }

  update(link: Link, ends: [End, End], index: number, count: number): void {
    this.link = link;
    this.drawMarks();
    const style = link.link_style ?? {};
    this.wire.style.stroke = style.color && style.color !== '#000000' ? style.color : '';
    set(this.wire, {
      'stroke-width': style.width && style.width > 0 ? style.width : 2,
      'stroke-dasharray': DASHES[style.type ?? 1],
    });
    set(this.element, {
      'data-suspended': link.suspend ? 'yes' : undefined,
      'aria-label': this.words(ends),
    });
    this.place(ends, index, count);
  }

  private words(ends: [End, End]): string {
    const { link } = this;
    const [from, to] = ends.map(({ node }, side) => `${node.name} ${this.portOf(side as 0 | 1)}`.trim());
    const states = [
      ...(link.suspend ? ['suspended'] : []),
      ...(link.capturing ? ['capturing'] : []),
      ...(Object.keys(link.filters ?? {}).length > 0 ? ['filtered'] : []),
    ];
    return [`Link from ${from} to ${to}`, ...states].join(', ');
  }

  private portOf(side: 0 | 1): string {
    const end = this.link.nodes[side];
    return end?.label?.text || (end ? `${end.adapter_number}/${end.port_number}` : '');
  }

  /** Draws the line anew, for ends that moved. */
  place(ends: [End, End], index: number, count: number): void {
    const [from, to] = aside(centre(ends[0].rect), centre(ends[1].rect), index, count);
    const path =
      this.link.link_type === 'serial'
        ? serialPath(from, to)
        : `M${from.x} ${from.y}L${to.x} ${to.y}`;
    set(this.hit, { d: path });
    set(this.wire, { d: path });
    if (this.flow.parentNode) {
      set(this.flow, { d: path });
    }
    const points: [Point, Point] = [from, to];
    ends.forEach((end, side) => {
      const own = points[side as 0 | 1];
      const other = points[side === 0 ? 1 : 0];
      const out = leaves(end.rect, own, other, 4);
      const dot = this.dots[side as 0 | 1];
      set(dot, {
        cx: out.x,
        cy: out.y,
        class: `dot ${this.link.suspend ? 'suspended' : end.node.status}`,
      });
      this.drawLabel(side as 0 | 1, end, out, other);
    });
    set(this.marks, {
      transform: `translate(${(from.x + to.x) / 2} ${(from.y + to.y) / 2})`,
    });
  }

  /**
   * Shows how much passes.
   *
   * @param level from 0 for nothing to 4
   * @param back whether most goes from the second end to the first
   */
  showFlow(level: number, back: boolean): void {
    if (level === 0) {
      this.flow.remove();
      return;
    }
    set(this.flow, { 'data-level': level, class: back ? 'flow back' : 'flow' });
    if (!this.flow.parentNode) {
      set(this.flow, { d: this.wire.getAttribute('d') ?? undefined });
      this.wire.after(this.flow);
    }
  }

  private drawLabel(side: 0 | 1, end: End, out: Point, other: Point): void {
    const label: Partial<Label> = this.link.nodes[side]?.label ?? {};
    const element = this.labels[side];
    const text = this.portOf(side);
    const placed = typeof label.x === 'number' && typeof label.y === 'number';
    if (placed) {
      drawText(element, text, label.style ? parseStyle(label.style) : PORT_STYLE, {
        x: end.rect.x + label.x!,
        y: end.rect.y + label.y!,
        rotation: label.rotation ?? 0,
        middle: 0,
      });
    } else {
      // Beside the line, a little away from the node.
      const near = towards(out, other, 20);
      drawText(element, text, label.style ? parseStyle(label.style) : PORT_STYLE, {
        x: null,
        y: near.y - 20,
        rotation: 0,
        middle: near.x,
      });
    }
  }

  private drawMarks(): void {
    const { link } = this;
    const marks: SVGElement[] = [];
    if (link.suspend) {
      marks.push(mark('pause', 'M-3 -4v8M3 -4v8', 'Suspended'));
    }
    if (link.capturing) {
      marks.push(mark('capture', 'M-5 -1a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M2 2l4 4', 'Capturing'));
    }
    if (Object.keys(link.filters ?? {}).length > 0) {
      marks.push(mark('filter', 'M-5 -4h10l-4 5v4l-2 -1v-3z', 'Filtered'));
    }
    marks.forEach((one, index) => {
      set(one, { transform: `translate(${(index - (marks.length - 1) / 2) * 22} 0)` });
    });
    this.marks.replaceChildren(...marks);
    if (marks.length === 0) {
      this.marks.remove();
    } else if (!this.marks.parentNode) {
      this.element.append(this.marks);
    }
  }
}

function mark(kind: string, path: string, title: string): SVGElement {
  const group = make('g', { class: `mark ${kind}` });
  const words = make('title');
  words.textContent = title;
  group.append(words, make('circle', { r: 10 }), make('path', { d: path }));
  return group;
}
