import { describe, expect, test } from 'vitest';
import { overlap, Past } from '../src/console/past';
import { receivers, receiversInWords } from '../src/lab/receivers';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array | string) => (typeof data === 'string' ? data : new TextDecoder().decode(data));

/** What the terminal is written; what is old in brackets. */
function terminal(log?: string): { past: Past; shown: () => string } {
  const written: string[] = [];
  const past = new Past(log === undefined ? undefined : bytes(log), (data, old) =>
    written.push(old ? `[${text(data)}]` : text(data)),
  );
  // Control sequences are not what these tests are about.
  return { past, shown: () => written.join('').replace(/\x1b\[[!?0-9;]*[a-z]/g, '') };
}

describe('what a console printed before', () => {
  test('is known by what is the end of the log and the beginning of what is kept', () => {
    expect(overlap(bytes('boot login: '), bytes('login: root'))).toBe(7);
    expect(overlap(bytes('login: '), bytes('login: '))).toBe(7);
    expect(overlap(bytes('aaab'), bytes('aab'))).toBe(3);
    expect(overlap(bytes('aabaab'), bytes('aabaabaa'))).toBe(6);
    expect(overlap(bytes('one'), bytes('two'))).toBe(0);
    expect(overlap(bytes('one'), bytes(''))).toBe(0);
    expect(overlap(bytes(''), bytes('one'))).toBe(0);
    const dots = '.'.repeat(65_536);
    expect(overlap(bytes(`${dots}!`), bytes(dots))).toBe(0);
  });

  test('is shown once, out of the log and what the console keeps, in whatever pieces it comes', () => {
    const { past, shown } = terminal('long ago\r\nPC> ');
    past.told({ position: 500, past: 10, lost: 9 }, 0);
    past.received(bytes('PC> '));
    expect(shown()).toBe('');
    past.received(bytes('ping\r\npong'));
    expect(shown()).toBe('[long ago\r\n][PC> ping\r\n]pong');
  });

  test('of an earlier run is told from what runs now', () => {
    const { past, shown } = terminal('earlier');
    past.told({ position: 500, past: 3, lost: 0 }, 0);
    past.received(bytes('now'));
    expect(shown()).toBe('[earlier][\r\n][now]');
  });

  test('is all of the log where the console cannot be joined, or does not count', () => {
    const closed = terminal('earlier');
    closed.past.showLog();
    closed.past.told({ position: 500, past: 3, lost: 0 }, 0);
    closed.past.received(bytes('now'));
    expect(closed.shown()).toBe('[earlier][\r\n–– printed before you came ––\r\n][now]');
    const other = terminal('earlier');
    other.past.received(bytes('now'));
    expect(other.shown()).toBe('[earlier][\r\n–– printed before you came ––\r\n]now');
    expect(terminal('').shown()).toBe('');
  });

  test('goes on where it was cut, and says what is missing', () => {
    const { past, shown } = terminal();
    past.told({ position: 500, past: 0, lost: 0 }, 0);
    past.received(bytes('one '));
    past.told({ position: 504, past: 4, lost: 0 }, 504);
    past.received(bytes('two three '));
    past.told({ position: 614, past: 5, lost: 100 }, 514);
    past.received(bytes('four '));
    past.told({ position: 900, past: 5, lost: 0 }, 619);
    past.received(bytes('anew'));
    expect(shown()).toBe(
      'one [two ]three [\r\n–– 100 bytes that passed meanwhile are not kept ––\r\n][four ][\r\n][anew]',
    );
  });
});

describe('a line to several consoles', () => {
  const consoles = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, name: `PC-${id}` }));
  const to = (selected: string[], chosen?: string[]) =>
    receivers(consoles, selected, chosen && new Set(chosen)).map(({ id }) => id).join('');

  test('goes to those of the selected devices, or to all', () => {
    expect(to(['b', 'd', 'x'])).toBe('bd');
    expect(to(['b'])).toBe('abcde');
    expect(to([])).toBe('abcde');
  });

  test('goes to those that were ticked, whatever is selected', () => {
    expect(to(['b', 'd'], ['a'])).toBe('a');
    expect(to(['b', 'd'], [])).toBe('');
    expect(to([], ['e', 'gone', 'c'])).toBe('ce');
  });

  test('says where it goes', () => {
    expect(receiversInWords([], 5)).toBe('no console');
    expect(receiversInWords(consoles, 5)).toBe('all 5 consoles');
    expect(receiversInWords(consoles.slice(0, 2), 5)).toBe('PC-a, PC-b');
    expect(receiversInWords(consoles.slice(0, 4), 5)).toBe('4 of 5 consoles');
  });
});
