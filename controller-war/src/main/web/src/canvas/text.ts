import { make, set } from './svg';

/** What a label's style says, as SVG has it. */
export interface TextStyle {
  family: string;
  /** In pixels. */
  size: number;
  weight: string;
  style: string;
  decoration: string;
  fill: string;
  opacity: string;
}

/** The margin that GNS3's clients leave around a text. */
const MARGIN = 4;
const PIXELS_PER_POINT = 4 / 3;
const SANS = 'system-ui, "Noto Sans", "DejaVu Sans", sans-serif';

/** Black is what every text has that nobody gave a colour: it has to be read on dark ground too. */
export function ink(colour: string): string {
  return /^(#000000|#000|black)$/i.test(colour.trim()) ? 'var(--ink)' : colour;
}

/** Reads a style such as `font-family: TypeWriter;font-size: 10.0;fill: #000000;`. */
export function parseStyle(style: string | null | undefined): TextStyle {
  const found = new Map<string, string>();
  for (const rule of (style ?? '').split(';')) {
    const colon = rule.indexOf(':');
    if (colon > 0) {
      found.set(rule.slice(0, colon).trim(), rule.slice(colon + 1).trim());
    }
  }
  return textStyle((name) => found.get(name));
}

export function textStyle(get: (name: string) => string | null | undefined): TextStyle {
  const family = get('font-family')?.replace(/["'<>;]/g, '') ?? 'TypeWriter';
  const points = parseFloat(get('font-size') ?? '') || 10;
  return {
    // The desktop client's name for its own font, which no other program has.
    family: family === 'TypeWriter' ? SANS : `"${family}", ${SANS}`,
    size: points * PIXELS_PER_POINT,
    weight: get('font-weight') ?? (get('font-family') ? 'normal' : 'bold'),
    style: get('font-style') ?? 'normal',
    decoration: get('text-decoration') ?? 'none',
    fill: ink(get('fill') ?? '#000000'),
    opacity: get('fill-opacity') ?? '1',
  };
}

/** Fills a text element; its place is the corner of the text, and without x it is centred at `middle`. */
export function drawText(
  element: SVGTextElement,
  text: string,
  style: TextStyle,
  place: { x: number | null; y: number; rotation: number; middle: number },
): void {
  const centred = place.x === null;
  const x = place.x === null ? place.middle : place.x + MARGIN;
  const baseline = place.y + MARGIN + style.size * 0.93;
  set(element, {
    x,
    y: baseline,
    'text-anchor': centred ? 'middle' : 'start',
    'font-size': style.size,
    'font-weight': style.weight,
    'font-style': style.style,
    'text-decoration': style.decoration,
    'fill-opacity': style.opacity,
    transform: place.rotation ? `rotate(${place.rotation} ${place.x ?? place.middle} ${place.y})` : '',
  });
  element.style.fontFamily = style.family;
  element.style.fill = style.fill;
  const lines = text.split('\n');
  if (lines.length === 1) {
    element.textContent = text;
    return;
  }
  element.replaceChildren(
    ...lines.map((line, index) => {
      const span = make('tspan', { x, ...(index ? { dy: style.size * 1.25 } : {}) });
      span.textContent = line || ' ';
      return span;
    }),
  );
}
