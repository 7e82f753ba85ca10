package io.patchbay.netstack.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a router tells of its link (RFC 4861, DNS servers by RFC 8106).
 *
 * @param lifetime seconds that it may be used as a router; 0 if it is none
 * @param mac of the router, if it says
 * @param dnsLifetime seconds that the DNS servers may be used
 */
public record RouterAdvertisement(
    int lifetime,
    OptionalLong mac,
    OptionalInt mtu,
    List<Prefix> prefixes,
    List<Ipv6Address> dnsServers,
    long dnsLifetime) {
  private static final int FIXED = 16;
  private static final int SOURCE_MAC = 1;
  private static final int PREFIX = 3;
  private static final int MTU = 5;
  private static final int DNS = 25;
  private static final int AUTONOMOUS = 0x40;
  private static final int ON_LINK = 0x80;

  /**
   * @param autonomous whether hosts may make themselves addresses of it
   * @param validLifetime seconds that such an address may be used
   * @param preferredLifetime seconds that it is as good as another one
   */
  public record Prefix(
      Ipv6Address address,
      int length,
      boolean onLink,
      boolean autonomous,
      long validLifetime,
      long preferredLifetime) {}

  /**
   * @param octets the ICMPv6 message
   * @throws MalformedException if an option has no length or is longer than the message
   */
  public static RouterAdvertisement of(Octets octets) {
    OptionalLong mac = OptionalLong.empty();
    OptionalInt mtu = OptionalInt.empty();
    List<Prefix> prefixes = new ArrayList<>();
    List<Ipv6Address> dns = new ArrayList<>();
    long dnsLifetime = 0;
    int at = FIXED;
    while (at < octets.length()) {
      Octets option = octets.slice(at, at + length(octets, at));
      switch (option.u8(0)) {
        case SOURCE_MAC -> mac = OptionalLong.of(option.u48(2));
        case MTU -> mtu = OptionalInt.of(option.i32(4));
        case PREFIX -> prefixes.add(prefix(option));
        case DNS -> {
          dnsLifetime = option.u32(4);
          for (int server = 8; server + 16 <= option.length(); server += 16) {
            dns.add(Ipv6Address.of(option, server));
          }
        }
        default -> {}
      }
      at += option.length();
    }
    return new RouterAdvertisement(
        octets.u16(6), mac, mtu, List.copyOf(prefixes), List.copyOf(dns), dnsLifetime);
  }

  private static Prefix prefix(Octets option) {
    int length = option.u8(2);
    if (length > 128) {
      throw new MalformedException("a prefix longer than an address");
    }
    int flags = option.u8(3);
    return new Prefix(
        Ipv6Address.of(option, 16),
        length,
        (flags & ON_LINK) != 0,
        (flags & AUTONOMOUS) != 0,
        option.u32(4),
        option.u32(8));
  }

  private static int length(Octets octets, int at) {
    int length = octets.u8(at + 1) * 8;
    if (length == 0) {
      throw new MalformedException("an option without length");
    }
    return length;
  }

  /** The link-layer address option of this kind in a neighbor message, if there is one. */
  public static Optional<Long> linkLayerAddress(Octets options, int kind) {
    int at = 0;
    while (at < options.length()) {
      int length = length(options, at);
      if (options.u8(at) == kind) {
        return Optional.of(options.u48(at + 2));
      }
      at += length;
    }
    return Optional.empty();
  }
}
