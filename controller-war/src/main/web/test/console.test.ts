import { describe, expect, test } from 'vitest';
import { isReplay, letters, pastOf } from '../src/console/past';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('what a console printed before', () => {
  test('is told by its letters, without what moves and colours them', () => {
    expect(letters(bytes('\x1b[1;32mR1\x1b[0m>\r\n\x1b]0;title\x07show\x1b(B'))).toBe('R1>show');
  });

  test('is not shown twice where the console says it again', () => {
    const log = bytes(`${'boot '.repeat(100)}\r\nlogin: `);
    expect(isReplay(log, log)).toBe(true);
    expect(isReplay(log, bytes(`${'boot '.repeat(60)}\r\n`))).toBe(true);
    expect(isReplay(log, bytes('\r\nlogin: '))).toBe(false);
    expect(isReplay(bytes('PC1> ping\r\nPC1> '), bytes('PC1> '))).toBe(false);
    expect(isReplay(log, bytes('\x1b[2J'))).toBe(false);
  });

  test('is cut at the beginning of a line, and leaves the terminal as new', () => {
    const line = `${'x'.repeat(99)}\n`;
    const [end, after] = pastOf(bytes(line.repeat(3_000)));
    expect((end as Uint8Array).length % 100).toBe(0);
    expect((end as Uint8Array).length).toBeLessThanOrEqual(200_000);
    expect(after).toContain('\x1b[?1049l');
  });
});
