package io.patchbay.netstack.packet;

import java.nio.ByteBuffer;
import java.util.Optional;

/** An IPv4 address. */
public record Ipv4Address(int bits) implements IpAddress {
  public static final Ipv4Address NONE = new Ipv4Address(0);
  public static final Ipv4Address BROADCAST = new Ipv4Address(-1);

  /** Reads four decimal numbers with dots; empty if it is anything else. */
  public static Optional<Ipv4Address> parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    int bits = 0;
    for (String part : parts) {
      if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
        return Optional.empty();
      }
      bits = bits << 8 | Integer.parseInt(part);
    }
    return Optional.of(new Ipv4Address(bits));
  }

  /**
   * @param prefix number of leading ones, 0 to 32
   */
  public static int mask(int prefix) {
    return prefix == 0 ? 0 : -1 << 32 - prefix;
  }

  /** The number of leading ones of a netmask; empty if ones follow zeros. */
  public static Optional<Integer> prefixOf(Ipv4Address mask) {
    int prefix = Integer.numberOfLeadingZeros(~mask.bits);
    return mask(prefix) == mask.bits ? Optional.of(prefix) : Optional.empty();
  }

  @Override
  public boolean isMulticast() {
    return bits >>> 28 == 0xe;
  }

  @Override
  public boolean isUnspecified() {
    return bits == 0;
  }

  /** Whether this addresses a whole subnet of this size: all host bits are one. */
  public boolean isBroadcast(int prefix) {
    return bits == -1 || prefix < 31 && (bits | mask(prefix)) == -1;
  }

  /** The part of the address that tells hosts of a subnet of this size apart. */
  public int hostPart(int prefix) {
    return bits & ~mask(prefix);
  }

  @Override
  public void put(ByteBuffer target) {
    target.putInt(bits);
  }

  @Override
  public long sum() {
    return bits & 0xffff_ffffL;
  }

  @Override
  public boolean sharesPrefix(IpAddress other, int prefix) {
    return other instanceof Ipv4Address four && (bits & mask(prefix)) == (four.bits & mask(prefix));
  }

  @Override
  public String toString() {
    return (bits >>> 24) + "." + (bits >> 16 & 255) + "." + (bits >> 8 & 255) + "." + (bits & 255);
  }
}
