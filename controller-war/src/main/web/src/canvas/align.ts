import { around, type Point, type Rect } from './geometry';

export type Alignment = 'left' | 'centre' | 'top' | 'middle' | 'across' | 'down';

/** Where things go to be in line, or at equal distances; in the order of the things. */
export function align(things: Rect[], how: Alignment): Point[] {
  const box = around(things);
  if (!box) {
    return [];
  }
  switch (how) {
    case 'left':
      return things.map(({ y }) => ({ x: box.x, y }));
    case 'centre':
      return things.map(({ y, width }) => ({ x: Math.round(box.x + (box.width - width) / 2), y }));
    case 'top':
      return things.map(({ x }) => ({ x, y: box.y }));
    case 'middle':
      return things.map(({ x, height }) => ({ x, y: Math.round(box.y + (box.height - height) / 2) }));
    case 'across':
      return spread(things, 'x', 'width', box);
    case 'down':
      return spread(things, 'y', 'height', box);
  }
}

function spread(things: Rect[], axis: 'x' | 'y', size: 'width' | 'height', box: Rect): Point[] {
  const free = box[size] - things.reduce((sum, thing) => sum + thing[size], 0);
  const gap = things.length > 1 ? free / (things.length - 1) : 0;
  const order = [...things.keys()].sort((a, b) => things[a]![axis] - things[b]![axis]);
  const places: Point[] = things.map(({ x, y }) => ({ x, y }));
  let at = box[axis];
  for (const index of order) {
    places[index]![axis] = Math.round(at);
    at += things[index]![size] + gap;
  }
  return places;
}
