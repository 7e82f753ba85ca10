import type { Drawing } from '../api/types';
import { parseDrawing, type ParsedDrawing } from './drawing-svg';
import type { Point, Rect } from './geometry';
import { make, set } from './svg';
import { drawText, ink, textStyle } from './text';

const DRAWN = ['stroke', 'stroke-width', 'stroke-dasharray', 'fill', 'fill-opacity', 'stroke-opacity'];
const SIZES: Record<string, string[]> = {
  rect: ['x', 'y', 'width', 'height', 'rx', 'ry'],
  ellipse: ['cx', 'cy', 'rx', 'ry'],
  line: ['x1', 'y1', 'x2', 'y2'],
};

/** One drawing as it is drawn. */
export class DrawingView {
  readonly element = make('g', { class: 'drawing', tabindex: -1, role: 'img' });
  parsed: ParsedDrawing = { width: 0, height: 0, shape: undefined, text: '', element: undefined };
  private place: Point;
  private svg = '';

  constructor(private drawing: Drawing) {
    this.place = { x: drawing.x, y: drawing.y };
    this.update(drawing);
  }

  get rect(): Rect {
    const { shape, element, width, height } = this.parsed;
    if (shape === 'line' && element) {
      const [dx, dy] = ['x2', 'y2'].map((name) => Number(element.getAttribute(name)) || 0) as [number, number];
      return {
        x: this.place.x + Math.min(0, dx),
        y: this.place.y + Math.min(0, dy),
        width: Math.abs(dx) || 1,
        height: Math.abs(dy) || 1,
      };
    }
    return { ...this.place, width: width || 20, height: height || 20 };
  }

  moveTo(place: Point): void {
    this.place = place;
    const { rotation } = this.drawing;
    set(this.element, {
      transform: `translate(${place.x} ${place.y})${rotation ? ` rotate(${rotation})` : ''}`,
    });
  }

  /** Shows another picture while it is resized. */
  preview(svg: string): void {
    this.draw(svg);
  }

  update(drawing: Drawing): void {
    this.drawing = drawing;
    if (drawing.svg !== this.svg) {
      this.draw(drawing.svg);
    }
    this.moveTo({ x: drawing.x, y: drawing.y });
    set(this.element, {
      'data-id': drawing.drawing_id,
      'aria-label': `${this.parsed.shape ?? 'Drawing'} ${this.parsed.text}`.trim(),
    });
  }

  private draw(svg: string): void {
    this.svg = svg;
    this.parsed = parseDrawing(svg);
    this.element.replaceChildren(this.content());
  }

  private content(): SVGElement {
    const { shape, element, width, height } = this.parsed;
    if (!shape || !element || shape === 'image' || element.hasAttribute('style')) {
      // As a picture it runs nothing and reaches nothing, whatever is in it.
      return make('image', { href: pictureUrl(this.svg), width: width || 60, height: height || 60 });
    }
    if (shape === 'text') {
      const text = make('text', { 'xml:space': 'preserve' });
      drawText(text, this.parsed.text, textStyle((name) => element.getAttribute(name)), {
        x: 0,
        y: 0,
        rotation: 0,
        middle: 0,
      });
      return text;
    }
    const copy = make(shape);
    for (const name of [...DRAWN, ...(SIZES[shape] ?? [])]) {
      set(copy, { [name]: element.getAttribute(name) ?? undefined });
    }
    if (shape === 'line') {
      copy.style.stroke = ink(element.getAttribute('stroke') ?? '#000000');
    }
    return copy;
  }
}

function pictureUrl(svg: string): string {
  const whole = svg.includes('xmlns=')
    ? svg
    : svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"');
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(whole)}`;
}
