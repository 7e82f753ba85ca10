import { describe, expect, test } from 'vitest';
import { pastOf } from '../src/state/flow-words';
import { flowBetween, levelOf } from '../src/state/traffic';
import { ago, bitsPerSecond, short, size } from '../src/ui/numbers';
import { sparkPath } from '../src/ui/sparkline';

const counted = (sent: number, received: number, dropped = 0) => ({
  link_id: 'a',
  sent,
  received,
  dropped,
});

describe('traffic', () => {
  test('is what came between two countings, by the time between them', () => {
    expect(flowBetween(counted(10, 5), counted(30, 5), 2)).toEqual({
      sent: 10,
      received: 0,
      dropped: 0,
    });
  });

  test('counts from nothing once a link was plugged in anew', () => {
    expect(flowBetween(counted(1000, 1000), counted(4, 2), 1)).toMatchObject({ sent: 4, received: 2 });
  });

  test('is told in bits where bytes are counted', () => {
    const before = { ...counted(10, 5), sent_bytes: 1000, received_bytes: 500 };
    const after = { ...counted(30, 5), sent_bytes: 3000, received_bytes: 500 };
    expect(flowBetween(before, after, 2)).toMatchObject({ sent: 10, bitsSent: 8000, bitsReceived: 0 });
  });

  test('of the last minute is of one unit', () => {
    expect(pastOf([{ frames: 2, bits: 960 }, { frames: 4, bits: 1920 }])).toEqual({
      values: [960, 1920],
      most: 'At most 1.9 kb/s in the last minute',
    });
    expect(pastOf([{ frames: 2, bits: undefined }, { frames: 4, bits: 1920 }])).toEqual({
      values: [2, 4],
      most: 'At most 4 frames/s in the last minute',
    });
  });

  test('is shown in steps of ten', () => {
    const level = (frames: number) => levelOf({ sent: frames, received: 0, dropped: 0 });
    expect([0, 0.1, 1, 9, 10, 90, 900, 9_000, 900_000].map(level)).toEqual([0, 0, 1, 1, 1, 2, 3, 4, 4]);
    expect(levelOf(undefined)).toBe(0);
  });
});

describe('numbers', () => {
  test('are short', () => {
    expect([0, 0.25, 3, 42.4, 999.7, 1500, 2_340_000].map(short)).toEqual([
      '0',
      '0.3',
      '3',
      '42',
      '1k',
      '1.5k',
      '2.3M',
    ]);
    expect([0, 480, 1_234_000, 10_000_000_000].map(bitsPerSecond)).toEqual([
      '0 b/s',
      '480 b/s',
      '1.2 Mb/s',
      '10 Gb/s',
    ]);
    expect([0, 12, 1024, 5_000_000_000].map(size)).toEqual(['0 bytes', '12 bytes', '1.0 KiB', '4.7 GiB']);
  });

  test('tell how long ago something was', () => {
    const now = new Date('2030-01-02T12:00:00Z');
    const since = (seconds: number) => ago(new Date(now.getTime() - seconds * 1000), now);
    expect([5, 60, 7_200, 86_400].map(since)).toEqual([
      'just now',
      '1 minute ago',
      '2 hours ago',
      'yesterday',
    ]);
  });

  test('draw a line that ends at the right', () => {
    expect(sparkPath([0, 2, 1], 20, 12)).toBe('M0.0 11.0L10.0 1.0L20.0 6.0');
    expect(sparkPath([0, 2], 30, 12, 4)).toBe('M20.0 11.0L30.0 1.0');
  });
});
