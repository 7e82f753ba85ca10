import { describe, expect, test } from 'vitest';
import { align } from '../src/canvas/align';
import { around, aside, between, leaves, snap, touch, towards } from '../src/canvas/geometry';

describe('geometry', () => {
  const rect = { x: 0, y: 0, width: 60, height: 40 };

  test('a line leaves a rectangle at its side', () => {
    expect(leaves(rect, { x: 30, y: 20 }, { x: 230, y: 20 })).toEqual({ x: 60, y: 20 });
    expect(leaves(rect, { x: 30, y: 20 }, { x: 30, y: -80 })).toEqual({ x: 30, y: 0 });
    expect(leaves(rect, { x: 30, y: 20 }, { x: 40, y: 20 })).toEqual({ x: 40, y: 20 });
  });

  test('parallel links lie beside each other, a single one in the middle', () => {
    const [from, to] = [{ x: 0, y: 0 }, { x: 100, y: 0 }];
    expect(aside(from, to, 0, 1)).toEqual([from, to]);
    const [first] = aside(from, to, 0, 2);
    const [second] = aside(from, to, 1, 2);
    expect(second.y - first.y).toBe(14);
    expect(first.y + second.y).toBe(0);
  });

  test('snapping goes to the next line of the grid, and to whole pixels without one', () => {
    expect(snap(38, 25)).toBe(50);
    expect(snap(37.4, 0)).toBe(37);
  });

  test('boxes', () => {
    expect(around([rect, { x: 100, y: -20, width: 10, height: 10 }])).toEqual({
      x: 0,
      y: -20,
      width: 110,
      height: 60,
    });
    expect(around([])).toBeUndefined();
    expect(touch(rect, { x: 59, y: 0, width: 5, height: 5 })).toBe(true);
    expect(touch(rect, { x: 60, y: 0, width: 5, height: 5 })).toBe(false);
    expect(between({ x: 5, y: 9 }, { x: 1, y: 2 })).toEqual({ x: 1, y: 2, width: 4, height: 7 });
    expect(towards({ x: 0, y: 0 }, { x: 0, y: 10 }, 4)).toEqual({ x: 0, y: 4 });
  });
});

describe('alignment', () => {
  const things = [
    { x: 0, y: 0, width: 20, height: 20 },
    { x: 90, y: 30, width: 20, height: 20 },
    { x: 30, y: 60, width: 20, height: 20 },
  ];

  test('to one side', () => {
    expect(align(things, 'left').map((place) => place.x)).toEqual([0, 0, 0]);
    expect(align(things, 'top').map((place) => place.y)).toEqual([0, 0, 0]);
    expect(align(things, 'middle').map((place) => place.y)).toEqual([30, 30, 30]);
  });

  test('at equal distances, in the order in which they stand', () => {
    expect(align(things, 'across').map((place) => place.x)).toEqual([0, 90, 45]);
    expect(align([], 'across')).toEqual([]);
  });
});
