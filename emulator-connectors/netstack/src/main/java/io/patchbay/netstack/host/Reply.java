package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.TcpSegment;

/** What came back for a packet that was sent. */
public sealed interface Reply {
  IpAddress from();

  /** Time to live, or hop limit, that the packet arrived with. */
  int ttl();

  /** When it arrived, by the host's clock in nanoseconds. */
  long at();

  /**
   * An echo by ICMP or UDP.
   *
   * @param size of the packet with its IP header
   */
  record Echo(IpAddress from, int ttl, long at, int size) implements Reply {}

  /**
   * A TCP segment.
   *
   * @param size of the packet with its IP header
   */
  record Segment(
      IpAddress from, int ttl, long at, int size, TcpSegment.Header header, int dataLength)
      implements Reply {}

  /**
   * An error by ICMP, from the target or from somebody on the way.
   *
   * @param mtu of the next link, if the packet was too big for it; else 0
   */
  record Error(IpAddress from, int ttl, long at, int type, int code, int mtu) implements Reply {}
}
