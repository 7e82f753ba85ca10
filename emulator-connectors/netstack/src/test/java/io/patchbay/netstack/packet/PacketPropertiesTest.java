package io.patchbay.netstack.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.Seeds;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** Parsers read what writers wrote, whatever that is. */
class PacketPropertiesTest {
  @Test
  void datagramsSurviveTheirWay() {
    Seeds.each(
        2_000,
        random -> {
          byte[] data = Seeds.octets(random, 2000);
          Ipv4Address source = new Ipv4Address((int) Seeds.number(random));
          Ipv4Address destination = new Ipv4Address((int) Seeds.number(random));
          byte[] made = UdpDatagram.make(source, 7, destination, 9, data);
          UdpDatagram read = UdpDatagram.of(Octets.of(made), source, destination);
          assertEquals(9, read.destinationPort());
          assertEquals(data.length, read.data().length());
        });
  }

  @Test
  void ipv4AddressesAreWrittenAsTheyAreRead() {
    Seeds.each(
        2_000,
        random -> {
          Ipv4Address address = new Ipv4Address((int) Seeds.number(random));
          assertEquals(address, Ipv4Address.parse(address.toString()).orElseThrow());
        });
  }

  @Test
  void ipv6AddressesAreWrittenAsTheyAreRead() {
    Seeds.each(
        2_000,
        random -> {
          Ipv6Address address =
              new Ipv6Address(Seeds.number(random), Seeds.number(random) & 0xffff_0000_0000_ffffL);
          assertEquals(address, Ipv6Address.parse(address.toString()).orElseThrow());
          // Java reads an IPv4 address in IPv6 as IPv4, which these can be at the edges.
          if (!address.toString().startsWith("::ffff:")) {
            assertInstanceOf(Inet6Address.class, asJavaReads(address.toString()));
          }
        });
  }

  private static InetAddress asJavaReads(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new AssertionError(address, e);
    }
  }

  @Test
  void anyTextIsAnAddressOrNot() {
    Seeds.each(
        20_000,
        random -> {
          String text = Seeds.text(random, "0123456789abcfFg:::...%/- \u0663\u00e4", 40);
          IpAddress.parse(text)
              .ifPresent(address -> assertTrue(text.matches("[0-9a-fA-F:.]+"), text));
        });
  }

  @Test
  void prefixesComeFromMasks() {
    for (int prefix = 0; prefix <= 32; prefix++) {
      assertEquals(
          prefix, Ipv4Address.prefixOf(new Ipv4Address(Ipv4Address.mask(prefix))).orElseThrow());
    }
    Seeds.each(
        2_000,
        random -> {
          int bits = (int) Seeds.number(random);
          Ipv4Address.prefixOf(new Ipv4Address(bits))
              .ifPresent(prefix -> assertEquals(bits, Ipv4Address.mask(prefix)));
        });
  }
}
