package io.patchbay.netstack.packet;

import java.nio.ByteBuffer;
import java.util.Optional;

/** An address of either family. Its text is the usual one ({@code inet_ntop}). */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {
  /** Reads an address of either family; empty if it is none. */
  static Optional<IpAddress> parse(String text) {
    return text.indexOf(':') >= 0
        ? Ipv6Address.parse(text).map(address -> address)
        : Ipv4Address.parse(text).map(address -> address);
  }

  boolean isMulticast();

  /** Whether this is no address at all: 0.0.0.0 or ::. */
  boolean isUnspecified();

  void put(ByteBuffer target);

  /** What the address adds to the sum of a pseudo header. */
  long sum();

  /** Whether the first bits of both are the same. */
  boolean sharesPrefix(IpAddress other, int bits);
}
