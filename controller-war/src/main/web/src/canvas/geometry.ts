/** Places and lines of the scene, in the units of GNS3's scenes: pixels at 100 percent. */
export interface Point {
  x: number;
  y: number;
}

export interface Rect extends Point {
  width: number;
  height: number;
}

export const centre = (rect: Rect): Point => ({
  x: rect.x + rect.width / 2,
  y: rect.y + rect.height / 2,
});

/** The distance of links that join the same two nodes. */
const PARALLEL = 14;

/** Two ends moved aside, so that the links between the same nodes do not lie on one another. */
export function aside(from: Point, to: Point, index: number, count: number): [Point, Point] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (count < 2 || length === 0) {
    return [from, to];
  }
  const by = (index - (count - 1) / 2) * PARALLEL;
  const dx = (-(to.y - from.y) / length) * by;
  const dy = ((to.x - from.x) / length) * by;
  return [
    { x: from.x + dx, y: from.y + dy },
    { x: to.x + dx, y: to.y + dy },
  ];
}

/** Where the line from inside a rectangle to a point leaves it; the point itself if it is inside. */
export function leaves(rect: Rect, from: Point, to: Point, margin = 0): Point {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const right = rect.x + rect.width + margin - from.x;
  const left = rect.x - margin - from.x;
  const bottom = rect.y + rect.height + margin - from.y;
  const top = rect.y - margin - from.y;
  const parts = [dx > 0 ? right / dx : dx < 0 ? left / dx : 1, dy > 0 ? bottom / dy : dy < 0 ? top / dy : 1];
  const part = Math.max(0, Math.min(1, ...parts));
  return { x: from.x + dx * part, y: from.y + dy * part };
}

/** A point so far behind another one, on the line to a third. */
export function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return {
    x: from.x + ((to.x - from.x) / length) * distance,
    y: from.y + ((to.y - from.y) / length) * distance,
  };
}

/** The jagged line by which serial links are told from Ethernet. */
export function serialPath(from: Point, to: Point): string {
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const one = { x: middle.x - along.y * 12 + along.x * 6, y: middle.y + along.x * 12 + along.y * 6 };
  const two = { x: middle.x + along.y * 12 - along.x * 6, y: middle.y - along.x * 12 - along.y * 6 };
  return `M${from.x} ${from.y}L${one.x} ${one.y}L${two.x} ${two.y}L${to.x} ${to.y}`;
}

export const snap = (value: number, grid: number): number =>
  grid > 0 ? Math.round(value / grid) * grid : Math.round(value);

export function around(rects: Rect[]): Rect | undefined {
  if (rects.length === 0) {
    return undefined;
  }
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  return {
    x,
    y,
    width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x,
    height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y,
  };
}

export const touch = (one: Rect, other: Rect): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

/** The rectangle between two corners. */
export const between = (one: Point, other: Point): Rect => ({
  x: Math.min(one.x, other.x),
  y: Math.min(one.y, other.y),
  width: Math.abs(one.x - other.x),
  height: Math.abs(one.y - other.y),
});
