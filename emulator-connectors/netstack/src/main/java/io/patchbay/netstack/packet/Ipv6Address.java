package io.patchbay.netstack.packet;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An IPv6 address. */
public record Ipv6Address(long high, long low) implements IpAddress {
  public static final Ipv6Address NONE = new Ipv6Address(0, 0);
  public static final Ipv6Address ALL_NODES = new Ipv6Address(0xff02L << 48, 1);
  public static final Ipv6Address ALL_ROUTERS = new Ipv6Address(0xff02L << 48, 2);

  private static final long LINK_LOCAL = 0xfe80L << 48;
  private static final int GROUPS = 8;

  /** Reads an address; empty if it is none. */
  public static Optional<Ipv6Address> parse(String text) {
    // Java's parser takes brackets and zones too, which are no part of an address.
    if (!text.matches("[0-9a-fA-F:.]+") || text.indexOf(':') < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(Octets.of(Inet6Address.ofLiteral(text).getAddress()), 0));
    } catch (IllegalArgumentException | MalformedException none) {
      return Optional.empty();
    }
  }

  public static Ipv6Address of(Octets octets, int at) {
    return new Ipv6Address(octets.i64(at), octets.i64(at + 8));
  }

  /** The address that a MAC address gives in this prefix of 64 bits (RFC 4291, modified EUI-64). */
  public Ipv6Address withInterface(long mac) {
    long identifier = (mac >>> 24 ^ 0x020000L) << 40 | 0xfffeL << 24 | mac & 0xff_ffff;
    return new Ipv6Address(high, identifier);
  }

  public static Ipv6Address linkLocal(long mac) {
    return new Ipv6Address(LINK_LOCAL, 0).withInterface(mac);
  }

  /** Where neighbor solicitations for this address go (RFC 4291, solicited-node). */
  public Ipv6Address solicitedNode() {
    return new Ipv6Address(0xff02L << 48, 1L << 32 | 0xffL << 24 | low & 0xff_ffff);
  }

  /** The MAC address that a multicast address is sent to (RFC 2464). */
  public long multicastMac() {
    return 0x3333L << 32 | low & 0xffff_ffffL;
  }

  public boolean isLinkLocal() {
    return high >>> 54 == LINK_LOCAL >>> 54;
  }

  @Override
  public boolean isMulticast() {
    return high >>> 56 == 0xff;
  }

  @Override
  public boolean isUnspecified() {
    return high == 0 && low == 0;
  }

  @Override
  public void put(ByteBuffer target) {
    target.putLong(high).putLong(low);
  }

  @Override
  public long sum() {
    return (high >>> 32) + (high & 0xffff_ffffL) + (low >>> 32) + (low & 0xffff_ffffL);
  }

  @Override
  public boolean sharesPrefix(IpAddress other, int bits) {
    if (!(other instanceof Ipv6Address six)) {
      return false;
    }
    long highMask = bits == 0 ? 0 : bits >= 64 ? -1 : -1L << 64 - bits;
    long lowMask = bits <= 64 ? 0 : bits >= 128 ? -1 : -1L << 128 - bits;
    return ((high ^ six.high) & highMask) == 0 && ((low ^ six.low) & lowMask) == 0;
  }

  private int group(int index) {
    long half = index < GROUPS / 2 ? high : low;
    return (int) (half >>> 48 - 16 * (index % (GROUPS / 2))) & 0xffff;
  }

  /** The shortest form, as RFC 5952 has it. */
  @Override
  public String toString() {
    int best = -1;
    int bestLength = 1;
    for (int start = 0; start < GROUPS; start++) {
      int length = 0;
      while (start + length < GROUPS && group(start + length) == 0) {
        length++;
      }
      if (length > bestLength) {
        best = start;
        bestLength = length;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == best) {
        text.append("::");
        i += bestLength - 1;
      } else {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }
}
