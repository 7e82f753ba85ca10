/** As much of what a console printed is shown to who joins late. */
const MOST = 200_000;

/** What a terminal must forget of the programs that ran before: modes, colours, the other screen. */
const AS_NEW = '\x1b[?1049l\x1b[?1000;1002;1003;2004l\x1b[!p\x1b[0m';

const SEQUENCES = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]|[\x00-\x1f\x7f]/g;

/** The letters of what a console printed, without line ends and control sequences. */
export function letters(data: Uint8Array): string {
  return new TextDecoder().decode(data).replace(SEQUENCES, '');
}

/**
 * Whether what a console says first to who joins is what it had printed before: some say the last
 * of it again, others go on from there.
 */
export function isReplay(log: Uint8Array, first: Uint8Array): boolean {
  const known = letters(log);
  const said = letters(first);
  const telling = Math.min(200, known.length / 2);
  return said.length > 0 && said.length >= telling && known.includes(said.slice(0, 200).trim());
}

/** The end of a log, to be written to a terminal before anything else: nothing of it is answered. */
export function pastOf(log: Uint8Array): (Uint8Array | string)[] {
  const end = log.length > MOST ? log.subarray(log.indexOf(10, log.length - MOST) + 1) : log;
  return [end, `${AS_NEW}\r\n\x1b[38;5;109m–– printed before you came ––\x1b[0m\r\n`];
}
