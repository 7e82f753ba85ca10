/** Frames a second, in as few figures as tell something. */
export function perSecond(frames: number): string {
  return `${short(frames)} frames/s`;
}

/** Bits a second, such as `480 b/s` or `1.2 Mb/s`. */
export function bitsPerSecond(bits: number): string {
  const [, number, prefix] = /^([\d.]+)(\D?)$/.exec(short(bits))!;
  return `${number} ${prefix}b/s`;
}

/** A number, such as `12`, `3.4k`, `1.2M` or `10G`. */
export function short(value: number): string {
  if (value >= 999_500_000) {
    return `${trim(value / 1_000_000_000)}G`;
  }
  if (value >= 999_500) {
    return `${trim(value / 1_000_000)}M`;
  }
  if (value >= 999.5) {
    return `${trim(value / 1_000)}k`;
  }
  return trim(value);
}

function trim(value: number): string {
  return String(value >= 10 ? Math.round(value) : Number(value.toFixed(1)));
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A size in bytes for people. */
export function size(bytes: number): string {
  const unit = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** unit;
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

const SPANS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago a time was, such as `2 hours ago`. */
export function ago(time: Date, now = new Date()): string {
  const seconds = (now.getTime() - time.getTime()) / 1000;
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  for (const [unit, span] of SPANS) {
    if (seconds >= span) {
      return words.format(-Math.floor(seconds / span), unit);
    }
  }
  return 'just now';
}
