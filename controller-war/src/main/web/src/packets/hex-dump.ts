import { ascii } from './decode/frame';

/** Octets as people read them: place, sixteen in hexadecimal, and as text. */
export function dump(data: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < data.length; at += 16) {
    const part = data.subarray(at, at + 16);
    const hex = [...part].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(47)}  ${ascii(part)}`);
  }
  return lines.join('\n');
}
