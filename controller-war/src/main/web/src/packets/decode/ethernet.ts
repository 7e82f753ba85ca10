import { ip4, mac, hex16, CutOff, type Decoded, Reader, ascii } from './frame';
import { ipv4, ipv6 } from './ip';

type Decoder = (reader: Reader) => void;

const ETHERTYPES: Record<number, [string, Decoder]> = {
  0x0800: ['IPv4', ipv4],
  0x86dd: ['IPv6', ipv6],
  0x0806: ['ARP', arp],
  0x8100: ['802.1Q', vlan],
  0x88a8: ['802.1ad', vlan],
  0x9100: ['QinQ', vlan],
  0x88cc: ['LLDP', lldp],
  0x8847: ['MPLS', mpls],
};

/** Takes an Ethernet frame apart as far as its protocols are known. */
export function decode(data: Uint8Array): Decoded {
  const reader = new Reader(data);
  try {
    ethernet(reader);
  } catch (failure) {
    if (!(failure instanceof CutOff)) {
      throw failure;
    }
    reader.say(`${reader.decoded.summary} (cut off)`.trim());
  }
  return reader.decoded;
}

function ethernet(reader: Reader): void {
  reader.layer('Ethernet');
  reader.decoded.destination = mac(reader.bytes('Destination', 6, mac));
  reader.decoded.source = mac(reader.bytes('Source', 6, mac));
  byType(reader);
}

function byType(reader: Reader): void {
  const type = reader.number('Type', 2, (value) =>
    value < 0x600 ? `length ${value}` : (ETHERTYPES[value]?.[0] ?? hex16(value)),
  );
  if (type < 0x600) {
    reader.end = Math.min(reader.end, reader.at + type);
    llc(reader);
  } else if (ETHERTYPES[type]) {
    ETHERTYPES[type][1](reader);
  } else {
    reader.say(`Ethertype ${hex16(type)}`);
  }
}

function vlan(reader: Reader): void {
  reader.layer('VLAN');
  const tag = reader.number('Tag', 2, (value) => `VLAN ${value & 0xfff}, priority ${value >> 13}`);
  byType(reader);
  reader.say(`[VLAN ${tag & 0xfff}] ${reader.decoded.summary}`);
}

function mpls(reader: Reader): void {
  reader.layer('MPLS');
  for (let last = false; !last; ) {
    const entry = reader.number('Label', 4, (value) => `${Math.floor(value / 4096)}, TTL ${value % 256}`);
    last = Math.floor(entry / 256) % 2 === 1;
  }
  const version = (reader.peek() ?? 0) >> 4;
  if (version === 4) {
    ipv4(reader);
  } else if (version === 6) {
    ipv6(reader);
  }
}

function arp(reader: Reader): void {
  reader.layer('ARP');
  reader.number('Hardware', 2);
  reader.number('Protocol', 2, hex16);
  reader.number('Hardware size', 1);
  reader.number('Protocol size', 1);
  const operation = reader.number('Operation', 2, (value) =>
    value === 1 ? 'request' : value === 2 ? 'reply' : String(value),
  );
  const sender = mac(reader.bytes('Sender MAC', 6, mac));
  const from = ip4(reader.bytes('Sender IP', 4, ip4));
  reader.bytes('Target MAC', 6, mac);
  const to = ip4(reader.bytes('Target IP', 4, ip4));
  if (operation === 2) {
    reader.say(`${from} is at ${sender}`);
  } else if (from === to) {
    reader.say(`Announcement of ${from}`);
  } else {
    reader.say(`Who has ${to}? Tell ${from}`);
  }
}

function llc(reader: Reader): void {
  reader.layer('LLC');
  const dsap = reader.number('DSAP', 1);
  reader.number('SSAP', 1);
  reader.number('Control', 1);
  if (dsap === 0x42) {
    stp(reader);
  } else if (dsap === 0xaa) {
    reader.bytes('Organisation', 3, mac);
    const protocol = reader.number('Protocol', 2, hex16);
    if (protocol === 0x2000) {
      cdp(reader);
    } else if (protocol === 0x010b) {
      stp(reader);
    } else {
      reader.say(`SNAP ${hex16(protocol)}`);
    }
  } else {
    reader.say(`LLC, DSAP ${dsap}`);
  }
}

const STP_TYPES: Record<number, string> = { 0: 'Configuration', 2: 'Rapid', 128: 'Topology change' };

function stp(reader: Reader): void {
  reader.layer('STP');
  reader.number('Protocol', 2);
  const version = reader.number('Version', 1);
  const type = reader.number('Type', 1, (value) => STP_TYPES[value] ?? String(value));
  if (type === 128) {
    reader.say('Topology change');
    return;
  }
  reader.number('Flags', 1);
  const priority = reader.number('Root priority', 2);
  const root = mac(reader.bytes('Root', 6, mac));
  const cost = reader.number('Cost', 4);
  reader.number('Bridge priority', 2);
  reader.bytes('Bridge', 6, mac);
  const port = reader.number('Port', 2, hex16);
  reader.decoded.protocol = version >= 2 ? 'RSTP' : 'STP';
  reader.say(`Root ${priority}/${root}, cost ${cost}, port ${hex16(port)}`);
}

const CDP: Record<number, string> = { 1: 'Device', 3: 'Port', 5: 'Software', 6: 'Platform' };

function cdp(reader: Reader): void {
  reader.layer('CDP');
  reader.number('Version', 1);
  reader.number('Hold time', 1);
  reader.number('Checksum', 2, hex16);
  const said: string[] = [];
  while (reader.left >= 4) {
    const type = reader.number('Part', 2, (value) => CDP[value] ?? hex16(value));
    const length = reader.number('Length', 2) - 4;
    const text = ascii(reader.bytes(CDP[type] ?? 'Value', Math.max(0, length), ascii));
    if (type === 1 || type === 3) {
      said.push(text);
    }
  }
  reader.say(said.join(', '));
}

const LLDP: Record<number, string> = {
  1: 'Chassis',
  2: 'Port',
  3: 'Time to live',
  4: 'Port description',
  5: 'System name',
  6: 'System description',
  7: 'Capabilities',
  8: 'Management address',
};

function lldp(reader: Reader): void {
  reader.layer('LLDP');
  const said: string[] = [];
  while (reader.left >= 2) {
    const head = reader.number('Part', 2, (value) => LLDP[value >> 9] ?? String(value >> 9));
    const type = head >> 9;
    if (type === 0) {
      break;
    }
    const text = (bytes: Uint8Array) =>
      (type === 1 && bytes[0] === 4) || (type === 2 && bytes[0] === 3)
        ? mac(bytes.subarray(1))
        : ascii(type < 3 ? bytes.subarray(1) : bytes);
    const value = text(reader.bytes(LLDP[type] ?? 'Value', head & 0x1ff, text));
    if (type === 2 || type === 5) {
      said.push(value);
    }
  }
  reader.say(said.join(', ') || 'LLDP');
}
