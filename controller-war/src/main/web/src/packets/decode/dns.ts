import { ascii, hex, hex16, ip4, ip6, type Reader } from './frame';

const TYPES: Record<number, string> = { 1: 'A', 2: 'NS', 5: 'CNAME', 6: 'SOA', 12: 'PTR', 15: 'MX', 16: 'TXT', 28: 'AAAA', 33: 'SRV' };
const typeName = (value: number) => TYPES[value] ?? String(value);
const FAILURES = ['', 'format error', 'server failure', 'no such name', 'not implemented', 'refused'];

/** DNS (RFC 1035) from behind the UDP header. */
export function dns(reader: Reader): void {
  reader.layer('DNS');
  const id = reader.number('Identifier', 2, hex16);
  const flags = reader.number('Flags', 2, (value) =>
    value & 0x8000 ? `answer${value & 0x0f ? `, ${FAILURES[value & 0x0f] ?? 'refused'}` : ''}` : 'question',
  );
  const questions = reader.number('Questions', 2);
  const answers = reader.number('Answers', 2);
  reader.number('Authorities', 2);
  reader.number('Additional', 2);
  const asked: string[] = [];
  for (let index = 0; index < Math.min(questions, 8); index++) {
    const name = readName(reader);
    const type = reader.number('Type', 2, typeName);
    reader.number('Class', 2);
    asked.push(`${typeName(type)} ${name}`);
  }
  const said: string[] = [];
  for (let index = 0; index < Math.min(answers, 20); index++) {
    readName(reader);
    const type = reader.number('Type', 2, typeName);
    reader.number('Class', 2);
    reader.number('Time to live', 4);
    const length = reader.number('Length', 2);
    const show = (bytes: Uint8Array) =>
      type === 1 && length === 4
        ? ip4(bytes)
        : type === 28 && length === 16
          ? ip6(bytes)
          : type === 16
            ? ascii(bytes)
            : hex(bytes);
    said.push(show(reader.bytes('Value', length, show)));
  }
  const failure = flags & 0x8000 && flags & 0x0f ? `, ${FAILURES[flags & 0x0f] ?? 'refused'}` : '';
  const answer = flags & 0x8000 ? `Answer: ${said.slice(0, 3).join(', ')}${failure}` : 'Question';
  reader.say(`${answer} ${asked.join(', ')} ${hex16(id)}`.replace(/ +/g, ' '));
}

/** A name, not followed to where it points: that may be a circle. */
function readName(reader: Reader): string {
  const parts: string[] = [];
  for (let count = 0; count < 64; count++) {
    const length = reader.peek() ?? 0;
    if (length === 0) {
      reader.bytes('End of name', 1);
      break;
    }
    if (length >= 0xc0) {
      reader.bytes('Pointer', 2);
      parts.push('…');
      break;
    }
    reader.bytes('Label length', 1);
    parts.push(ascii(reader.bytes('Label', length, ascii)));
  }
  return parts.join('.');
}
