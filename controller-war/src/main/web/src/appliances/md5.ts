/** MD5 of data that comes in parts, by RFC 1321; browsers have no such function. */
export class Md5 {
  private readonly state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  private readonly rest = new Uint8Array(64);
  private filled = 0;
  private length = 0;

  update(data: Uint8Array): this {
    this.length += data.length;
    let at = 0;
    if (this.filled > 0) {
      at = Math.min(64 - this.filled, data.length);
      this.rest.set(data.subarray(0, at), this.filled);
      this.filled += at;
      if (this.filled < 64) {
        return this;
      }
      this.block(new DataView(this.rest.buffer), 0);
      this.filled = 0;
    }
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    for (; at + 64 <= data.length; at += 64) {
      this.block(view, at);
    }
    this.rest.set(data.subarray(at));
    this.filled = data.length - at;
    return this;
  }

  /** The sum in hexadecimal; nothing may be added any more. */
  digest(): string {
    const bits = this.length * 8;
    const end = new Uint8Array(this.filled < 56 ? 64 - this.filled : 128 - this.filled);
    end[0] = 0x80;
    const view = new DataView(end.buffer);
    view.setUint32(end.length - 8, bits >>> 0, true);
    view.setUint32(end.length - 4, Math.floor(bits / 2 ** 32), true);
    this.update(end);
    const bytes = new DataView(new ArrayBuffer(16));
    this.state.forEach((word, index) => bytes.setUint32(index * 4, word, true));
    return [...new Uint8Array(bytes.buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  private block(view: DataView, at: number): void {
    const words = WORDS;
    for (let index = 0; index < 16; index++) {
      words[index] = view.getInt32(at + index * 4, true);
    }
    let [a, b, c, d] = this.state as unknown as [number, number, number, number];
    for (let step = 0; step < 64; step++) {
      let mixed: number;
      let word: number;
      if (step < 16) {
        mixed = (b & c) | (~b & d);
        word = step;
      } else if (step < 32) {
        mixed = (d & b) | (~d & c);
        word = (5 * step + 1) & 15;
      } else if (step < 48) {
        mixed = b ^ c ^ d;
        word = (3 * step + 5) & 15;
      } else {
        mixed = c ^ (b | ~d);
        word = (7 * step) & 15;
      }
      const sum = (a + mixed + SINES[step]! + words[word]!) | 0;
      const turn = TURNS[((step >> 4) << 2) | (step & 3)]!;
      a = d;
      d = c;
      c = b;
      b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0;
    }
    this.state[0]! += a;
    this.state[1]! += b;
    this.state[2]! += c;
    this.state[3]! += d;
  }
}

const WORDS = new Int32Array(16);
const SINES = Int32Array.from({ length: 64 }, (_, step) =>
  Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32),
);
const TURNS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

const PART = 4 << 20;

/**
 * The sum of a file, read part by part.
 *
 * @param onProgress is told how much (0 to 1) is done
 */
export async function md5Of(file: Blob, onProgress: (part: number) => void = () => undefined): Promise<string> {
  const sum = new Md5();
  for (let at = 0; at < file.size; at += PART) {
    sum.update(new Uint8Array(await file.slice(at, at + PART).arrayBuffer()));
    onProgress(Math.min(1, (at + PART) / file.size));
  }
  return sum.digest();
}
