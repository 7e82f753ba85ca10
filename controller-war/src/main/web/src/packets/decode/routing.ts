import { ip4, type Reader } from './frame';

const OSPF = ['', 'Hello', 'Database description', 'Link state request', 'Link state update', 'Link state acknowledgement'];

/** OSPF, versions 2 and 3 (RFC 2328, RFC 5340). */
export function ospf(reader: Reader): void {
  reader.layer('OSPF');
  const version = reader.number('Version', 1);
  const type = reader.number('Type', 1, (value) => OSPF[value] ?? String(value));
  reader.number('Length', 2);
  const router = ip4(reader.bytes('Router', 4, ip4));
  const area = ip4(reader.bytes('Area', 4, ip4));
  reader.say(`${OSPF[type] ?? `Type ${type}`} from ${router}, area ${area}`);
  if (type === 1 && version === 2 && reader.left >= 32) {
    reader.bytes('Checksum', 2);
    reader.bytes('Authentication', 10);
    reader.bytes('Mask', 4, ip4);
    reader.number('Hello interval', 2);
    reader.number('Options', 1);
    reader.number('Priority', 1);
    reader.number('Dead interval', 4);
    reader.bytes('Designated router', 4, ip4);
    reader.bytes('Backup designated router', 4, ip4);
  }
}

const BGP = ['', 'Open', 'Update', 'Notification', 'Keepalive', 'Route refresh'];

/** BGP (RFC 4271); a segment may hold several messages, or begin inside one. */
export function bgp(reader: Reader): void {
  reader.layer('BGP');
  const said: string[] = [];
  while (reader.left >= 19 && reader.peek() === 0xff) {
    reader.bytes('Marker', 16);
    const length = reader.number('Length', 2);
    const type = reader.number('Type', 1, (value) => BGP[value] ?? String(value));
    said.push(BGP[type] ?? `type ${type}`);
    if (type === 1 && reader.left >= 10) {
      reader.number('Version', 1);
      const as = reader.number('AS', 2);
      reader.number('Hold time', 2);
      const id = ip4(reader.bytes('Router', 4, ip4));
      said.push(`AS ${as}, router ${id}`);
      reader.skip(length - 28);
    } else {
      reader.skip(length - 19);
    }
  }
  reader.say(said.join(', ') || 'Continuation');
}
