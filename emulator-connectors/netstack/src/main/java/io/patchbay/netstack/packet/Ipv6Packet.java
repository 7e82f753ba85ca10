package io.patchbay.netstack.packet;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A view of an IPv6 packet (RFC 8200), its extension headers walked.
 *
 * @param protocol of the payload behind the extension headers
 * @param payload behind the extension headers; of a fragment, its part
 * @param fragment if it is one
 */
public record Ipv6Packet(Octets octets, int protocol, Octets payload, Optional<Fragment> fragment) {
  public static final int HEADER = 40;
  public static final int FRAGMENT_HEADER = 8;
  private static final int MAX_EXTENSIONS = 8;

  /**
   * @param offset of the part within the whole, in octets
   * @param next protocol of the whole
   */
  public record Fragment(int identification, int offset, boolean more, int next) {}

  /**
   * @param octets may be longer than the packet
   * @throws MalformedException if lengths or version are wrong, or there are too many extensions
   */
  public static Ipv6Packet of(Octets octets) {
    if (octets.length() < HEADER || octets.u8(0) >> 4 != 6) {
      throw new MalformedException("no IPv6");
    }
    int total = HEADER + octets.u16(4);
    if (total > octets.length()) {
      throw new MalformedException("wrong length of an IPv6 packet");
    }
    Octets packet = octets.slice(0, total);
    return walk(packet, octets.u8(6), packet.from(HEADER));
  }

  private static Ipv6Packet walk(Octets packet, int first, Octets behindHeader) {
    int next = first;
    Octets rest = behindHeader;
    for (int i = 0; i < MAX_EXTENSIONS; i++) {
      switch (next) {
        case IpProtocols.HOP_BY_HOP, IpProtocols.ROUTING, IpProtocols.DESTINATION_OPTIONS -> {
          next = rest.u8(0);
          rest = rest.from((rest.u8(1) + 1) * 8);
        }
        case IpProtocols.FRAGMENT -> {
          int field = rest.u16(2);
          Fragment fragment =
              new Fragment(rest.i32(4), field & 0xfff8, (field & 1) != 0, rest.u8(0));
          return new Ipv6Packet(packet, next, rest.from(FRAGMENT_HEADER), Optional.of(fragment));
        }
        default -> {
          return new Ipv6Packet(packet, next, rest, Optional.empty());
        }
      }
    }
    throw new MalformedException("too many extension headers");
  }

  public int hopLimit() {
    return octets.u8(7);
  }

  public Ipv6Address source() {
    return Ipv6Address.of(octets, 8);
  }

  public Ipv6Address destination() {
    return Ipv6Address.of(octets, 24);
  }

  /** What differs from packet to packet. */
  public record Header(int protocol, int hopLimit, Ipv6Address source, Ipv6Address destination) {}

  public static FrameWriter frame(long to, long from, Header header, byte[] payload) {
    FrameWriter frame = new FrameWriter(to, from, EtherTypes.IPV6, HEADER + payload.length);
    start(frame.payload(), header, header.protocol(), payload.length);
    frame.payload().put(payload);
    return frame;
  }

  /** Makes a fragment: the given part of the payload. */
  public static FrameWriter frame(
      long to, long from, Header header, byte[] payload, Fragment fragment, int length) {
    int behind = FRAGMENT_HEADER + length;
    FrameWriter frame = new FrameWriter(to, from, EtherTypes.IPV6, HEADER + behind);
    ByteBuffer out = frame.payload();
    start(out, header, IpProtocols.FRAGMENT, behind);
    out.put((byte) header.protocol()).put((byte) 0);
    out.putShort((short) (fragment.offset() | (fragment.more() ? 1 : 0)));
    out.putInt(fragment.identification());
    out.put(payload, fragment.offset(), length);
    return frame;
  }

  private static void start(ByteBuffer out, Header header, int next, int length) {
    out.putInt(6 << 28).putShort((short) length);
    out.put((byte) next).put((byte) header.hopLimit());
    header.source().put(out);
    header.destination().put(out);
  }
}
