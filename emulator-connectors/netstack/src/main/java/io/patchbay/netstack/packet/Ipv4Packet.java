package io.patchbay.netstack.packet;

import java.nio.ByteBuffer;

/** A view of an IPv4 packet (RFC 791). */
public record Ipv4Packet(Octets octets) {
  public static final int HEADER = 20;
  private static final int DONT_FRAGMENT = 0x4000;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int OFFSET = 0x1fff;
  private static final int SERVICE_AND_LENGTH = 0x4500_0000;

  /**
   * @param octets may be longer than the packet, as short frames are padded
   * @throws MalformedException if lengths, version or checksum are wrong
   */
  public static Ipv4Packet of(Octets octets) {
    if (octets.length() < HEADER || octets.u8(0) >> 4 != 4) {
      throw new MalformedException("no IPv4");
    }
    int header = (octets.u8(0) & 15) * 4;
    int total = octets.u16(2);
    if (header < HEADER || total < header || total > octets.length()) {
      throw new MalformedException("wrong length of an IPv4 packet");
    }
    if (Checksum.of(octets.slice(0, header)) != 0) {
      throw new MalformedException("wrong checksum of an IPv4 header");
    }
    return new Ipv4Packet(octets.slice(0, total));
  }

  public int headerLength() {
    return (octets.u8(0) & 15) * 4;
  }

  public int totalLength() {
    return octets.length();
  }

  public int identification() {
    return octets.u16(4);
  }

  public boolean dontFragment() {
    return (octets.u16(6) & DONT_FRAGMENT) != 0;
  }

  public boolean moreFragments() {
    return (octets.u16(6) & MORE_FRAGMENTS) != 0;
  }

  /** Where the payload belongs in the whole, in octets. */
  public int fragmentOffset() {
    return (octets.u16(6) & OFFSET) * 8;
  }

  public boolean isFragment() {
    return moreFragments() || fragmentOffset() > 0;
  }

  public int ttl() {
    return octets.u8(8);
  }

  public int protocol() {
    return octets.u8(9);
  }

  public Ipv4Address source() {
    return new Ipv4Address(octets.i32(12));
  }

  public Ipv4Address destination() {
    return new Ipv4Address(octets.i32(16));
  }

  public Octets payload() {
    return octets.from(headerLength());
  }

  /** What of a packet or of a fragment differs from packet to packet. */
  public record Header(
      int identification,
      boolean dontFragment,
      int ttl,
      int protocol,
      Ipv4Address source,
      Ipv4Address destination) {}

  /**
   * Makes a packet or a fragment of one.
   *
   * @param offset of the part within the whole payload, a multiple of 8
   * @param more whether further fragments follow
   */
  public static FrameWriter frame(
      long to, long from, Header header, byte[] payload, int offset, int length, boolean more) {
    FrameWriter frame = new FrameWriter(to, from, EtherTypes.IPV4, HEADER + length);
    ByteBuffer out = frame.payload();
    int start = out.position();
    int flags =
        (header.dontFragment() ? DONT_FRAGMENT : 0) | (more ? MORE_FRAGMENTS : 0) | offset / 8;
    out.putInt(SERVICE_AND_LENGTH | HEADER + length);
    out.putShort((short) header.identification()).putShort((short) flags);
    out.put((byte) header.ttl()).put((byte) header.protocol()).putShort((short) 0);
    out.putInt(header.source().bits()).putInt(header.destination().bits());
    out.putShort(start + 10, (short) Checksum.of(frame.written(start, start + HEADER)));
    out.put(payload, offset, length);
    return frame;
  }
}
