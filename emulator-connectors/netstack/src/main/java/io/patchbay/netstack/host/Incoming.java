package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.Octets;

/**
 * A whole packet that arrived for this host, whatever its family.
 *
 * @param packet as it arrived, from its IP header on, for messages about it
 * @param headerLength in octets
 */
record Incoming(
    IpAddress source,
    IpAddress destination,
    int protocol,
    int ttl,
    int headerLength,
    Octets payload,
    Octets packet) {
  /** Of the whole packet, fragments put together. */
  int length() {
    return headerLength + payload.length();
  }
}
