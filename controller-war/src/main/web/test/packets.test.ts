import { describe, expect, test } from 'vitest';
import { decode } from '../src/packets/decode/ethernet';
import { ip6 } from '../src/packets/decode/frame';
import { matcher } from '../src/packets/display-filter';
import { dump } from '../src/packets/hex-dump';
import { PcapReader } from '../src/packets/pcap';

const bytes = (text: string) =>
  Uint8Array.from(text.replace(/\s/g, '').match(/../g)!.map((pair) => parseInt(pair, 16)));

const MACS = '00 50 79 66 68 01 00 50 79 66 68 00';
const PING = bytes(`${MACS} 0800
  4500 0054 1234 0000 4001 0000 0a000001 0a000002
  0800 0000 0102 0003 ${'61'.repeat(56)}`);
const ARP = bytes(`ffffffffffff 005079666800 0806
  0001 0800 06 04 0001 005079666800 0a000001 ffffffffffff 0a000002`);

function pcap(frames: Uint8Array[], little = true): Uint8Array {
  const view = new DataView(new ArrayBuffer(24 + frames.reduce((sum, one) => sum + 16 + one.length, 0)));
  view.setUint32(0, 0xa1b2c3d4, little);
  view.setUint32(20, 1, little);
  let at = 24;
  frames.forEach((frame, index) => {
    view.setUint32(at, 100 + index, little);
    view.setUint32(at + 4, 500_000, little);
    view.setUint32(at + 8, frame.length, little);
    view.setUint32(at + 12, frame.length, little);
    new Uint8Array(view.buffer).set(frame, at + 16);
    at += 16 + frame.length;
  });
  return new Uint8Array(view.buffer);
}

describe('pcap', () => {
  for (const little of [true, false]) {
    test(`is read as it comes, octet by octet, little-endian ${little}`, () => {
      const reader = new PcapReader();
      const packets = [...pcap([PING, ARP], little)].flatMap((byte) =>
        reader.take(Uint8Array.of(byte)),
      );
      expect(packets.map((packet) => [packet.number, packet.time, packet.length])).toEqual([
        [1, 100.5, PING.length],
        [2, 101.5, ARP.length],
      ]);
      expect(packets[0]!.data).toEqual(PING);
      expect(reader.linkType).toBe(1);
    });
  }

  test('what is none is refused', () => {
    expect(() => new PcapReader().take(new Uint8Array(24))).toThrow();
  });
});

describe('frames', () => {
  test('ICMP', () => {
    const { source, destination, protocol, summary, layers } = decode(PING);
    expect([source, destination, protocol]).toEqual(['10.0.0.1', '10.0.0.2', 'ICMP']);
    expect(summary).toBe('Echo request, id 258, sequence 3');
    expect(layers.map((layer) => layer.name)).toEqual(['Ethernet', 'IPv4', 'ICMP']);
  });

  test('ARP', () => {
    expect(decode(ARP).summary).toBe('Who has 10.0.0.2? Tell 10.0.0.1');
  });

  test('VLAN around ARP', () => {
    const tagged = bytes(`${MACS} 8100 2064 0806 0001 0800 06 04 0002
      005079666800 0a000001 005079666801 0a000002`);
    const { protocol, summary } = decode(tagged);
    expect(protocol).toBe('ARP');
    expect(summary).toBe('[VLAN 100] 10.0.0.1 is at 00:50:79:66:68:00');
  });

  test('spanning tree in an 802.3 frame', () => {
    const frame = bytes(`0180c2000000 aabbccddeeff 0026 42 42 03
      0000 00 00 00 8001 aabbcc000100 00000004 8001 aabbcc000200 8002 0001 1400 0200 0f00`);
    expect(decode(frame)).toMatchObject({
      protocol: 'STP',
      summary: 'Root 32769/aa:bb:cc:00:01:00, cost 4, port 0x8002',
    });
  });

  test('TCP with what is set', () => {
    const frame = bytes(`${MACS} 0800 4500 0028 0000 4000 4006 0000 0a000001 0a000002
      c350 0050 00000001 00000000 5002 ffff 0000 0000`);
    expect(decode(frame)).toMatchObject({
      protocol: 'TCP',
      summary: '50000 → 80 [SYN] seq 1 win 65535 len 0',
    });
  });

  test('a DNS question', () => {
    const frame = bytes(`${MACS} 0800 4500 0039 0000 0000 4011 0000 0a000001 0a000002
      c350 0035 0025 0000 abcd 0100 0001 0000 0000 0000
      07 6578616d706c65 03 6f7267 00 0001 0001`);
    expect(decode(frame)).toMatchObject({ protocol: 'DNS', summary: 'Question A example.org 0xabcd' });
  });

  test('DHCP', () => {
    const body = `01 01 06 00 11223344 0000 0000 00000000 00000000 00000000 00000000
      005079666800 ${'00'.repeat(10)} ${'00'.repeat(192)} 63825363 35 01 01 ff`;
    const length = body.replace(/\s/g, '').length / 2;
    const size = (number: number) => number.toString(16).padStart(4, '0');
    const frame = bytes(`ffffffffffff 005079666800 0800
      4500 ${size(28 + length)} 0000 0000 4011 0000 00000000 ffffffff
      0044 0043 ${size(8 + length)} 0000 ${body}`);
    expect(decode(frame)).toMatchObject({
      protocol: 'DHCP',
      summary: 'Discover from 00:50:79:66:68:00, transaction 11223344',
    });
  });

  test('LLDP', () => {
    const frame = bytes(`0180c200000e 005079666800 88cc
      0207 04 005079666800 0404 05 657430 0602 0078 0a03 535731 0000`);
    expect(decode(frame)).toMatchObject({ protocol: 'LLDP', summary: 'et0, SW1' });
  });

  test('no cut makes more of a frame than an answer', () => {
    for (const frame of [PING, ARP]) {
      for (let length = 0; length < frame.length; length++) {
        expect(() => decode(frame.subarray(0, length))).not.toThrow();
      }
    }
    expect(decode(PING.subarray(0, 30)).summary).toContain('cut off');
  });

  test('noise of any kind is survived', () => {
    let seed = 7;
    const random = () => (seed = (seed * 48271) % 2147483647) % 256;
    for (let round = 0; round < 3000; round++) {
      const noise = Uint8Array.from({ length: 14 + (random() % 90) }, random);
      const types = [0x0800, 0x86dd, 0x0806, 0x8100, 0x88cc, 0x8847, 0x0026];
      const type = types[round % types.length]!;
      noise.set([type >> 8, type & 255], 12);
      expect(() => decode(noise)).not.toThrow();
    }
  });
});

test('IPv6 addresses in their shortest form', () => {
  expect(ip6(bytes('20010db8000000000000000000000001'))).toBe('2001:db8::1');
  expect(ip6(new Uint8Array(16))).toBe('::');
  expect(ip6(bytes('20010db8000100020003000400050006'))).toBe('2001:db8:1:2:3:4:5:6');
});

test('a filter is words that are there, or with a minus are not', () => {
  const [ping, arp] = [decode(PING), decode(ARP)];
  expect(matcher('icmp 10.0.0.2')(ping)).toBe(true);
  expect(matcher('icmp')(arp)).toBe(false);
  expect(matcher('-arp')(ping)).toBe(true);
  expect(matcher('-arp')(arp)).toBe(false);
  expect(matcher(' ')(arp)).toBe(true);
});

test('a dump has places, octets and text', () => {
  expect(dump(bytes('4142000a'))).toBe(`0000  ${'41 42 00 0a'.padEnd(47)}  AB..`);
});
