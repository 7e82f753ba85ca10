package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.Checksum;
import io.patchbay.netstack.packet.EtherTypes;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Ipv6Address;
import io.patchbay.netstack.packet.Octets;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Gives frames that a fuzzer made what it cannot find by trying: right checksums, and the random
 * numbers that an answer to a DHCP or DNS message must repeat.
 */
final class Mending {
  private static final int ETHERNET = 14;
  private static final int IPV6 = 40;
  private static final int DNS = 53;
  private static final int DHCP_SERVER = 67;
  private static final int DHCP_CLIENT = 68;
  private static final int UDP = 8;
  private static final int TRANSACTION = 4;

  private Mending() {}

  /**
   * Mends a frame in place.
   *
   * @param seen the frames that were on the wire so far
   */
  static void mend(byte[] frame, List<byte[]> seen) {
    ByteBuffer octets = ByteBuffer.wrap(frame);
    if (frame.length >= ETHERNET + 20 && octets.getShort(12) == (short) EtherTypes.IPV4) {
      mendIpv4(octets, seen);
    } else if (frame.length >= ETHERNET + IPV6 && octets.getShort(12) == (short) EtherTypes.IPV6) {
      Octets view = Octets.of(frame);
      int end = Math.min(frame.length, ETHERNET + IPV6 + view.u16(ETHERNET + 4));
      transport(
          octets,
          new Span(ETHERNET + IPV6, end, view.u8(ETHERNET + 6)),
          Ipv6Address.of(view, ETHERNET + 8),
          Ipv6Address.of(view, ETHERNET + 24));
    }
  }

  /** Where the payload of an IP packet is, and what it is. */
  private record Span(int start, int end, int protocol) {}

  private static void mendIpv4(ByteBuffer frame, List<byte[]> seen) {
    int start = ETHERNET + (frame.get(ETHERNET) & 15) * 4;
    int end = Math.min(frame.capacity(), ETHERNET + (frame.getShort(ETHERNET + 2) & 0xffff));
    if (start < ETHERNET + 20 || start > frame.capacity()) {
      return;
    }
    put(frame, ETHERNET + 10, Checksum.of(zeroed(frame, ETHERNET, start, ETHERNET + 10)));
    int protocol = frame.get(ETHERNET + 9) & 0xff;
    if (protocol == IpProtocols.UDP && end >= start + UDP + TRANSACTION + 4) {
      repeatNumbers(frame, start, seen);
    }
    transport(
        frame,
        new Span(start, end, protocol),
        new Ipv4Address(frame.getInt(ETHERNET + 12)),
        new Ipv4Address(frame.getInt(ETHERNET + 16)));
  }

  private static void repeatNumbers(ByteBuffer frame, int udp, List<byte[]> seen) {
    if (frame.getShort(udp + 2) == DHCP_CLIENT) {
      lastTo(DHCP_SERVER, seen)
          .ifPresent(
              asked ->
                  frame.putInt(
                      udp + UDP + TRANSACTION, asked.getInt(ETHERNET + 20 + UDP + TRANSACTION)));
    } else if (frame.getShort(udp) == DNS) {
      lastTo(DNS, seen)
          .ifPresent(
              asked -> {
                frame.putShort(udp + 2, asked.getShort(ETHERNET + 20));
                frame.putShort(udp + UDP, asked.getShort(ETHERNET + 20 + UDP));
              });
    }
  }

  /** The last UDP datagram by IPv4 to a port. */
  private static Optional<ByteBuffer> lastTo(int port, List<byte[]> seen) {
    for (int i = seen.size() - 1; i >= 0; i--) {
      ByteBuffer frame = ByteBuffer.wrap(seen.get(i));
      if (frame.capacity() >= ETHERNET + 20 + UDP + 8
          && frame.getShort(12) == (short) EtherTypes.IPV4
          && frame.get(ETHERNET + 9) == IpProtocols.UDP
          && frame.getShort(ETHERNET + 22) == port) {
        return Optional.of(frame);
      }
    }
    return Optional.empty();
  }

  private static void transport(ByteBuffer frame, Span span, IpAddress from, IpAddress to) {
    boolean four = from instanceof Ipv4Address;
    int sum =
        switch (span.protocol()) {
          case 1, 58 -> 2;
          case IpProtocols.UDP -> 6;
          case IpProtocols.TCP -> 16;
          default -> -1;
        };
    int at = span.start() + sum;
    if (sum < 0 || at + 2 > span.end()) {
      return;
    }
    Octets message = zeroed(frame, span.start(), span.end(), at);
    put(
        frame,
        at,
        four && span.protocol() == 1
            ? Checksum.of(message)
            : Checksum.of(message, from, to, span.protocol()));
  }

  private static Octets zeroed(ByteBuffer frame, int start, int end, int sum) {
    byte[] copy = Arrays.copyOfRange(frame.array(), start, end);
    copy[sum - start] = 0;
    copy[sum - start + 1] = 0;
    return Octets.of(copy);
  }

  private static void put(ByteBuffer frame, int at, int sum) {
    frame.putShort(at, (short) sum);
  }
}
