import { dhcp } from './dhcp';
import { dns } from './dns';
import { flags, hex, ip4, ip6, mac, Reader } from './frame';
import { bgp, ospf } from './routing';

const PROTOCOLS: Record<number, [string, (reader: Reader) => void]> = {
  1: ['ICMP', icmp],
  2: ['IGMP', igmp],
  4: ['IPv4', ipv4],
  6: ['TCP', tcp],
  17: ['UDP', udp],
  41: ['IPv6', ipv6],
  47: ['GRE', (reader) => named(reader, 'GRE')],
  58: ['ICMPv6', icmp6],
  88: ['EIGRP', (reader) => named(reader, 'EIGRP')],
  89: ['OSPF', ospf],
  112: ['VRRP', (reader) => named(reader, 'VRRP')],
};

function named(reader: Reader, name: string): void {
  reader.layer(name);
  reader.say(name);
}

const protocolName = (value: number) => PROTOCOLS[value]?.[0] ?? String(value);

function inside(reader: Reader, protocol: number): void {
  const known = PROTOCOLS[protocol];
  if (known) {
    known[1](reader);
  } else {
    reader.say(`IP protocol ${protocol}`);
  }
}

export function ipv4(reader: Reader): void {
  reader.layer('IPv4');
  const start = reader.at;
  const first = reader.number('Version and header', 1, (value) => `${value >> 4}, ${(value & 15) * 4} octets`);
  reader.number('Service', 1);
  const length = reader.number('Length', 2);
  reader.number('Identification', 2);
  const fragment = reader.number('Fragment', 2, (value) =>
    [flags(value >> 13, ['more', 'do not fragment']), `offset ${(value & 0x1fff) * 8}`].filter(Boolean).join(', '),
  );
  reader.number('Time to live', 1);
  const protocol = reader.number('Protocol', 1, protocolName);
  reader.bytes('Checksum', 2);
  reader.decoded.source = ip4(reader.bytes('Source', 4, ip4));
  reader.decoded.destination = ip4(reader.bytes('Destination', 4, ip4));
  const header = (first & 15) * 4;
  if (header > 20) {
    reader.bytes('Options', header - 20);
  }
  reader.end = Math.min(reader.end, start + length);
  if (fragment & 0x1fff) {
    reader.say(`Fragment of ${protocolName(protocol)} at ${(fragment & 0x1fff) * 8}`);
  } else {
    inside(reader, protocol);
  }
}

const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 60]);

export function ipv6(reader: Reader): void {
  reader.layer('IPv6');
  reader.number('Version, class and flow', 4, (value) => `6, flow ${value % 0x100000}`);
  const length = reader.number('Length', 2);
  let next = reader.number('Next header', 1, protocolName);
  reader.number('Hop limit', 1);
  reader.decoded.source = ip6(reader.bytes('Source', 16, ip6));
  reader.decoded.destination = ip6(reader.bytes('Destination', 16, ip6));
  reader.end = Math.min(reader.end, reader.at + length);
  while (EXTENSIONS.has(next)) {
    next = reader.number('Next header', 1, protocolName);
    const more = reader.number('Extension length', 1) * 8 + 6;
    reader.bytes('Extension', more);
  }
  inside(reader, next);
}

const UNREACHABLE = ['Network', 'Host', 'Protocol', 'Port', 'Fragmentation needed, but'];

function icmp(reader: Reader): void {
  reader.layer('ICMP');
  const type = reader.number('Type', 1);
  const code = reader.number('Code', 1);
  reader.bytes('Checksum', 2);
  if (type === 0 || type === 8) {
    echo(reader, type === 8 ? 'Echo request' : 'Echo reply');
  } else if (type === 3) {
    reader.say(`${UNREACHABLE[code] ?? `Code ${code}`} unreachable`);
  } else if (type === 11) {
    reader.say('Time to live exceeded');
  } else if (type === 5) {
    reader.say('Redirect');
  } else {
    reader.say(`ICMP type ${type}, code ${code}`);
  }
}

function echo(reader: Reader, what: string): void {
  const id = reader.number('Identifier', 2);
  const sequence = reader.number('Sequence', 2);
  if (reader.left > 0) {
    reader.bytes('Data', reader.left);
  }
  reader.say(`${what}, id ${id}, sequence ${sequence}`);
}

function icmp6(reader: Reader): void {
  reader.layer('ICMPv6');
  const type = reader.number('Type', 1);
  const code = reader.number('Code', 1);
  reader.bytes('Checksum', 2);
  switch (type) {
    case 128:
      return echo(reader, 'Echo request');
    case 129:
      return echo(reader, 'Echo reply');
    case 133:
      return reader.say('Router solicitation');
    case 134:
      return reader.say('Router advertisement');
    case 135:
    case 136: {
      reader.bytes('Flags', 4);
      const target = ip6(reader.bytes('Target', 16, ip6));
      if (reader.left >= 8) {
        reader.bytes('Option', 2);
        reader.bytes('Link-layer address', 6, mac);
      }
      return reader.say(type === 135 ? `Who has ${target}?` : `${target} is here`);
    }
    case 1:
      return reader.say(`Destination unreachable, code ${code}`);
    case 3:
      return reader.say('Hop limit exceeded');
    case 143:
      return reader.say('Multicast listener report');
    default:
      return reader.say(`ICMPv6 type ${type}, code ${code}`);
  }
}

function igmp(reader: Reader): void {
  reader.layer('IGMP');
  const type = reader.number('Type', 1);
  const names: Record<number, string> = { 0x11: 'Query', 0x12: 'Report', 0x16: 'Report', 0x17: 'Leave', 0x22: 'Report' };
  reader.say(names[type] ?? `IGMP type ${type}`);
}

/** By port, where both ends may have it. */
const UDP_PORTS: Record<number, [string, ((reader: Reader) => void) | undefined]> = {
  53: ['DNS', dns],
  5353: ['mDNS', dns],
  67: ['DHCP', dhcp],
  68: ['DHCP', dhcp],
  69: ['TFTP', undefined],
  123: ['NTP', undefined],
  161: ['SNMP', undefined],
  514: ['Syslog', undefined],
  520: ['RIP', undefined],
  546: ['DHCPv6', undefined],
  547: ['DHCPv6', undefined],
  1985: ['HSRP', undefined],
  4789: ['VXLAN', undefined],
};

function udp(reader: Reader): void {
  reader.layer('UDP');
  const from = reader.number('Source port', 2);
  const to = reader.number('Destination port', 2);
  const length = reader.number('Length', 2);
  reader.bytes('Checksum', 2);
  reader.say(`${from} → ${to}, ${Math.max(0, length - 8)} octets`);
  const known = UDP_PORTS[to] ?? UDP_PORTS[from];
  if (known?.[1] && reader.left > 0) {
    known[1](reader);
  } else if (known) {
    reader.layer(known[0]);
  } else if (reader.left > 0) {
    reader.bytes('Data', reader.left, (bytes) => hex(bytes.subarray(0, 48)));
  }
}

const TCP_PORTS: Record<number, string> = {
  20: 'FTP',
  21: 'FTP',
  22: 'SSH',
  23: 'Telnet',
  80: 'HTTP',
  443: 'TLS',
  179: 'BGP',
};

function tcp(reader: Reader): void {
  reader.layer('TCP');
  const from = reader.number('Source port', 2);
  const to = reader.number('Destination port', 2);
  const sequence = reader.number('Sequence', 4);
  const acknowledged = reader.number('Acknowledged', 4);
  const offset = reader.number('Header', 1, (value) => `${(value >> 4) * 4} octets`);
  const bits = reader.number('Flags', 1, (value) => flags(value, ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG']));
  const window = reader.number('Window', 2);
  reader.bytes('Checksum', 2);
  reader.number('Urgent', 2);
  const options = (offset >> 4) * 4 - 20;
  if (options > 0) {
    reader.bytes('Options', options);
  }
  const set = flags(bits, ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG']);
  reader.say(
    `${from} → ${to} [${set}] seq ${sequence}${bits & 16 ? ` ack ${acknowledged}` : ''} win ${window} len ${reader.left}`,
  );
  const known = TCP_PORTS[to] ?? TCP_PORTS[from];
  if (known && reader.left > 0) {
    if (known === 'BGP') {
      bgp(reader);
    } else {
      reader.layer(known);
    }
  }
  if (reader.left > 0) {
    reader.bytes('Data', reader.left, (bytes) => hex(bytes.subarray(0, 48)));
  }
}
