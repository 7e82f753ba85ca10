/** What is known of a frame while it is taken apart. */
export interface Field {
  name: string;
  value: string;
  /** Where it lies in the frame, to show its bytes. */
  from: number;
  to: number;
}

export interface Layer {
  name: string;
  fields: Field[];
}

export interface Decoded {
  source: string;
  destination: string;
  /** The innermost protocol that is known. */
  protocol: string;
  summary: string;
  layers: Layer[];
}

/** A frame that ended before its own fields say it does. */
export class CutOff extends Error {}

/** Reads a frame from its beginning; what it reads becomes fields of the layer it is in. */
export class Reader {
  readonly decoded: Decoded = {
    source: '',
    destination: '',
    protocol: 'Ethernet',
    summary: '',
    layers: [],
  };
  at = 0;

  constructor(
    private readonly data: Uint8Array,
    public end = data.length,
  ) {}

  get left(): number {
    return Math.max(0, this.end - this.at);
  }

  layer(name: string, protocol = name): void {
    this.decoded.layers.push({ name, fields: [] });
    this.decoded.protocol = protocol;
  }

  say(summary: string): void {
    this.decoded.summary = summary;
  }

  /** Reads octets and notes them as a field, in the words that `show` has for them. */
  bytes(name: string, length: number, show: (bytes: Uint8Array) => string = hex): Uint8Array {
    if (this.left < length) {
      throw new CutOff();
    }
    const bytes = this.data.subarray(this.at, this.at + length);
    this.note(name, show(bytes), this.at, this.at + length);
    this.at += length;
    return bytes;
  }

  /** Reads an unsigned number of up to six octets in network order. */
  number(name: string, length: number, show: (value: number) => string = String): number {
    let value = 0;
    this.bytes(name, length, (bytes) => {
      for (const byte of bytes) {
        value = value * 256 + byte;
      }
      return show(value);
    });
    return value;
  }

  /** An octet ahead, without reading it; undefined behind the end. */
  peek(ahead = 0): number | undefined {
    return this.at + ahead < this.end ? this.data[this.at + ahead] : undefined;
  }

  skip(length: number): void {
    this.at = Math.min(this.end, this.at + length);
  }

  note(name: string, value: string, from = this.at, to = this.at): void {
    this.decoded.layers.at(-1)?.fields.push({ name, value, from, to });
  }
}

export const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const mac = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');

export const ip4 = (bytes: Uint8Array): string => bytes.join('.');

/** An IPv6 address in its shortest form (RFC 5952). */
export function ip6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bytes[index * 2]! << 8) | bytes[index * 2 + 1]!).toString(16),
  );
  let best = { from: 0, length: 1 };
  for (let from = 0; from < 8; from++) {
    let length = 0;
    while (groups[from + length] === '0') {
      length++;
    }
    if (length > best.length) {
      best = { from, length };
    }
  }
  if (best.length < 2) {
    return groups.join(':');
  }
  return `${groups.slice(0, best.from).join(':')}::${groups.slice(best.from + best.length).join(':')}`;
}

/** Text of octets, dots for what cannot be printed. */
export const ascii = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');

export const hex16 = (value: number): string => `0x${value.toString(16).padStart(4, '0')}`;

/** The names of the bits that are set, the first being the lowest. */
export const flags = (value: number, names: string[]): string =>
  names.filter((name, bit) => name && value & (1 << bit)).join(', ');
