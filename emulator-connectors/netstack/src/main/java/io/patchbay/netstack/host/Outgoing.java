package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;

/**
 * A packet to send.
 *
 * @param mtu longer packets are fragmented; 0 for what the link and the path allow
 */
record Outgoing(
    IpAddress source,
    IpAddress destination,
    int protocol,
    byte[] payload,
    int ttl,
    boolean dontFragment,
    int mtu) {
  Outgoing(IpAddress source, IpAddress destination, int protocol, byte[] payload) {
    this(source, destination, protocol, payload, Probe.TTL, false, 0);
  }
}
