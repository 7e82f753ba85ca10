import { ascii, hex, ip4, mac, type Reader } from './frame';

const MESSAGES = ['', 'Discover', 'Offer', 'Request', 'Decline', 'Ack', 'Nak', 'Release', 'Inform'];
const OPTIONS: Record<number, string> = {
  1: 'Mask',
  3: 'Router',
  6: 'DNS server',
  12: 'Host name',
  15: 'Domain',
  50: 'Wanted address',
  51: 'Lease time',
  53: 'Message',
  54: 'Server',
  61: 'Client',
};
const ADDRESSES: ReadonlySet<number> = new Set([1, 3, 6, 50, 54]);

/** DHCP (RFC 2131) from behind the UDP header. */
export function dhcp(reader: Reader): void {
  reader.layer('DHCP');
  reader.number('Operation', 1, (value) => (value === 1 ? 'request' : 'reply'));
  reader.bytes('Hardware', 3);
  const id = hex(reader.bytes('Transaction', 4));
  reader.bytes('Seconds and flags', 4);
  reader.bytes('Client address', 4, ip4);
  const yours = ip4(reader.bytes('Your address', 4, ip4));
  reader.bytes('Server address', 4, ip4);
  reader.bytes('Relay', 4, ip4);
  const client = mac(reader.bytes('Client MAC', 6, mac));
  reader.bytes('Padding', 10);
  reader.bytes('Server name and file', 192, () => '');
  reader.bytes('Magic', 4);
  let message = '';
  while (reader.left > 1 && reader.peek() !== 255) {
    const option = reader.number('Option', 1, (value) => OPTIONS[value] ?? String(value));
    if (option === 0) {
      continue;
    }
    const length = reader.number('Length', 1);
    const show = (bytes: Uint8Array) =>
      ADDRESSES.has(option)
        ? ip4(bytes)
        : option === 53
          ? (MESSAGES[bytes[0] ?? 0] ?? '')
          : option === 12 || option === 15
            ? ascii(bytes)
            : hex(bytes);
    const value = show(reader.bytes(OPTIONS[option] ?? 'Value', length, show));
    if (option === 53) {
      message = value;
    }
  }
  const given = yours === '0.0.0.0' ? '' : `, ${yours}`;
  reader.say(`${message || 'BOOTP'} from ${client}${given}, transaction ${id}`);
}
