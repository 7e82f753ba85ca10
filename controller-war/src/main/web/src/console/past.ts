import type { Told } from './line';

/** As much of what a console printed in earlier times is shown to who joins late. */
const MOST = 200_000;

/** What a terminal must forget of the programs that ran before: the other screen, modes, colours. */
const AS_NEW = '\x1b[?1047l\x1b[?1000;1002;1003;2004l\x1b[!p\x1b[0m';

const remark = (words: string) => `${AS_NEW}\r\n\x1b[38;5;109m–– ${words} ––\x1b[0m\r\n`;

/** How many bytes at the end of a log are the first of what a console kept: it has written them there too. */
export function overlap(log: Uint8Array, kept: Uint8Array): number {
  if (kept.length === 0) {
    return 0;
  }
  // As Knuth, Morris and Pratt do it: of each length, the longest shorter one that ends as it begins.
  const shorter = new Uint32Array(kept.length + 1);
  let length = 0;
  for (let at = 1; at < kept.length; at++) {
    while (length > 0 && kept[at] !== kept[length]) {
      length = shorter[length]!;
    }
    length += kept[at] === kept[length] ? 1 : 0;
    shorter[at + 1] = length;
  }
  length = 0;
  for (const byte of log.subarray(-kept.length)) {
    while (length > 0 && byte !== kept[length]) {
      length = shorter[length]!;
    }
    length += byte === kept[length] ? 1 : 0;
  }
  return length;
}

function together(parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * Puts together what a terminal shows: the log of a console, what the console has kept of itself, which
 * is partly the same, and what it prints now.
 */
export class Past {
  /** What the console keeps, while it comes for the first time. */
  private kept: Uint8Array[] | undefined;
  private whole = false;
  /** Bytes still to come that were printed before. */
  private left = 0;

  /**
   * @param log empty or undefined if there is none
   * @param write takes what is to be shown; of what is old, the terminal must not answer questions
   */
  constructor(
    private log: Uint8Array | undefined,
    private readonly write: (data: Uint8Array | string, old: boolean) => void,
  ) {}

  /** The console has been joined by who knew it up to a position, 0 for not at all. */
  told({ position, past, lost }: Told, since: number): void {
    this.left = past;
    if (this.log) {
      this.kept ??= [];
      this.whole = lost === 0;
      this.join();
    } else if (since > 0 && position - lost !== since) {
      this.write(`${AS_NEW}\r\n`, true);
    } else if (since > 0 && lost > 0) {
      this.write(remark(`${lost} bytes that passed meanwhile are not kept`), true);
    }
  }

  received(data: Uint8Array): void {
    const old = data.subarray(0, this.left);
    this.left -= old.length;
    if (this.kept) {
      this.kept.push(old);
      this.join();
    } else {
      this.showLog();
      this.show(old, true);
    }
    this.show(data.subarray(old.length), false);
  }

  /** Nobody knows when the console can be joined: what it printed in earlier times is all there is. */
  showLog(): void {
    if (this.log?.length) {
      this.write(this.endOfLog(), true);
      this.write(remark('printed before you came'), true);
    }
    this.log = undefined;
  }

  private join(): void {
    if (this.left > 0 || !this.kept) {
      return;
    }
    const kept = together(this.kept);
    const log = this.endOfLog();
    const before = log.subarray(0, log.length - overlap(log, kept));
    this.show(before, true);
    if (this.whole && before.length > 0) {
      this.write(`${AS_NEW}\r\n`, true);
    }
    this.show(kept, true);
    this.log = undefined;
    this.kept = undefined;
  }

  private endOfLog(): Uint8Array {
    const log = this.log ?? new Uint8Array();
    return log.length > MOST ? log.subarray(log.indexOf(10, log.length - MOST) + 1) : log;
  }

  private show(data: Uint8Array, old: boolean): void {
    if (data.length > 0) {
      this.write(data, old);
    }
  }
}
