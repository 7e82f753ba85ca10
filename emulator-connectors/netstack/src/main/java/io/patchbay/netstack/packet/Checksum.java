package io.patchbay.netstack.packet;

/** The Internet checksum (RFC 1071). */
public final class Checksum {
  private Checksum() {}

  /** The checksum of these octets; 0 if they contain a valid one. */
  public static int of(Octets data) {
    return finish(sum(data));
  }

  /** The checksum of a UDP, TCP or ICMPv6 message with its pseudo header. */
  public static int of(Octets data, IpAddress source, IpAddress destination, int protocol) {
    return finish(sum(data) + source.sum() + destination.sum() + protocol + data.length());
  }

  private static long sum(Octets data) {
    long sum = 0;
    int end = data.length();
    int at = 0;
    for (; at + 4 <= end; at += 4) {
      sum += data.u32(at);
    }
    if (at + 2 <= end) {
      sum += data.u16(at);
      at += 2;
    }
    if (at < end) {
      sum += data.u8(at) << 8;
    }
    return sum;
  }

  private static int finish(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) ~folded & 0xffff;
  }
}
