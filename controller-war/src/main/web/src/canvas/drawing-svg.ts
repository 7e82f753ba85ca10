/**
 * Drawings are SVG of their own: one text, rectangle, ellipse, line or picture. What pages show of it
 * is made anew, of known elements and attributes alone.
 */

export type Shape = 'text' | 'rect' | 'ellipse' | 'line' | 'image';

export interface ParsedDrawing {
  width: number;
  height: number;
  /** What it is if it is but one shape, which this page can change. */
  shape: Shape | undefined;
  text: string;
  element: Element | undefined;
}

const SHAPES: ReadonlySet<string> = new Set(['text', 'rect', 'ellipse', 'line', 'image']);

const number = (element: Element, name: string) => parseFloat(element.getAttribute(name) ?? '') || 0;

export function parseDrawing(svg: string): ParsedDrawing {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const children = root.localName === 'svg' ? [...root.children] : [];
  const only = children.length === 1 ? children[0] : undefined;
  const shape = only && SHAPES.has(only.localName) ? (only.localName as Shape) : undefined;
  const view = (root.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  return {
    width: number(root, 'width') || view[2] || (only ? number(only, 'width') : 0),
    height: number(root, 'height') || view[3] || (only ? number(only, 'height') : 0),
    shape,
    text: shape === 'text' ? (only?.textContent ?? '') : '',
    element: only,
  };
}

const escape = (text: string) =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const svg = (width: number, height: number, inside: string) =>
  `<svg width="${Math.round(width)}" height="${Math.round(height)}">${inside}</svg>`;

/** How a shape looks; colours are `#rrggbb`. */
export interface Look {
  stroke: string;
  strokeWidth: number;
  dash: string;
  fill: string;
}

export const PLAIN: Look = { stroke: '#475569', strokeWidth: 2, dash: '', fill: '#dbeafe' };

const outline = (look: Look) =>
  `stroke="${look.stroke}" stroke-width="${look.strokeWidth}"` +
  (look.dash ? ` stroke-dasharray="${look.dash}"` : '');

const filled = (look: Look) => `fill="${look.fill}" fill-opacity="1.0" ${outline(look)}`;

export function rectSvg(width: number, height: number, look = PLAIN): string {
  return svg(width, height, `<rect width="${Math.round(width)}" height="${Math.round(height)}" ${filled(look)}/>`);
}

export function ellipseSvg(width: number, height: number, look = PLAIN): string {
  const [rx, ry] = [Math.round(width) / 2, Math.round(height) / 2];
  return svg(width, height, `<ellipse cx="${rx}" cy="${ry}" rx="${rx}" ry="${ry}" ${filled(look)}/>`);
}

/** A line to this point from its own corner. */
export function lineSvg(dx: number, dy: number, look = PLAIN): string {
  return svg(
    Math.abs(dx),
    Math.abs(dy),
    `<line x1="0" y1="0" x2="${Math.round(dx)}" y2="${Math.round(dy)}" ${outline(look)}/>`,
  );
}

export interface TextLook {
  family: string;
  points: number;
  bold: boolean;
  italic: boolean;
  fill: string;
}

export const PLAIN_TEXT: TextLook = {
  family: 'TypeWriter',
  points: 11,
  bold: true,
  italic: false,
  fill: '#000000',
};

export function textSvg(text: string, look = PLAIN_TEXT): string {
  const lines = text.split('\n');
  const size = (look.points * 4) / 3;
  const width = Math.max(...lines.map((line) => line.length), 1) * size * 0.62 + 8;
  return svg(
    width,
    lines.length * size * 1.25 + 8,
    `<text font-family="${escape(look.family)}" font-size="${look.points.toFixed(1)}"` +
      ` font-weight="${look.bold ? 'bold' : 'normal'}"${look.italic ? ' font-style="italic"' : ''}` +
      ` fill="${escape(look.fill)}" fill-opacity="1.0">${escape(text)}</text>`,
  );
}

/** A picture of these pixels, with its data inside. */
export function imageSvg(dataUrl: string, width: number, height: number): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"` +
    ` width="${width}" height="${height}"><image width="${width}" height="${height}"` +
    ` xlink:href="${escape(dataUrl)}"/></svg>`
  );
}

export function readLook(element: Element): Look {
  return {
    stroke: element.getAttribute('stroke') ?? PLAIN.stroke,
    strokeWidth: parseFloat(element.getAttribute('stroke-width') ?? '') || 1,
    dash: element.getAttribute('stroke-dasharray') ?? '',
    fill: element.getAttribute('fill') ?? PLAIN.fill,
  };
}

export function readTextLook(element: Element): TextLook {
  return {
    family: element.getAttribute('font-family') ?? 'TypeWriter',
    points: parseFloat(element.getAttribute('font-size') ?? '') || 10,
    bold: element.getAttribute('font-weight') === 'bold',
    italic: element.getAttribute('font-style') === 'italic',
    fill: element.getAttribute('fill') ?? '#000000',
  };
}
