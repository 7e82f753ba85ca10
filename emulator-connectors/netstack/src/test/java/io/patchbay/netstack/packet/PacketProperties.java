package io.patchbay.netstack.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** What holds for all octets: parsers read what writers wrote, and refuse the rest politely. */
class PacketProperties {
  private static final Ipv4Address ONE = new Ipv4Address(0x0a000001);
  private static final Ipv4Address TWO = new Ipv4Address(0x0a000002);

  /** Runs a parser; anything but {@link MalformedException} fails the test. */
  private static void parse(Runnable parser) {
    try {
      parser.run();
    } catch (MalformedException refused) {
      // That is how it should be.
    }
  }

  @Property(tries = 2000)
  void noOctetsBreakAParser(@ForAll @Size(max = 600) byte[] content) {
    Octets octets = Octets.of(content);
    parse(() -> ArpPacket.of(octets).target());
    parse(() -> Ipv4Packet.of(octets).payload());
    parse(() -> Ipv6Packet.of(octets).payload());
    parse(() -> UdpDatagram.of(octets, ONE, TWO).data());
    parse(() -> TcpSegment.of(octets).dataLength());
    parse(() -> IcmpMessage.ofV4(octets).body());
    parse(() -> DhcpMessage.of(octets).type());
    parse(() -> DnsMessage.of(octets));
    parse(() -> RouterAdvertisement.of(octets));
    parse(() -> RouterAdvertisement.linkLayerAddress(octets, 1));
  }

  @Property
  void datagramsSurviveTheirWay(
      @ForAll @Size(max = 2000) byte[] data, @ForAll int from, @ForAll int to) {
    Ipv4Address source = new Ipv4Address(from);
    Ipv4Address destination = new Ipv4Address(to);
    byte[] made = UdpDatagram.make(source, 7, destination, 9, data);
    UdpDatagram read = UdpDatagram.of(Octets.of(made), source, destination);
    assertEquals(9, read.destinationPort());
    assertEquals(data.length, read.data().length());
  }

  @Property
  void ipv4AddressesAreWrittenAsTheyAreRead(@ForAll int bits) {
    Ipv4Address address = new Ipv4Address(bits);
    assertEquals(address, Ipv4Address.parse(address.toString()).orElseThrow());
  }

  @Property
  void ipv6AddressesAreWrittenAsTheyAreRead(@ForAll long high, @ForAll long low) throws Exception {
    Ipv6Address address = new Ipv6Address(high, low & 0xffff_0000_0000_ffffL);
    assertEquals(address, Ipv6Address.parse(address.toString()).orElseThrow());
    assertTrue(InetAddress.getByName(address.toString()) instanceof Inet6Address);
  }

  @Property
  void anyTextIsAnAddressOrNot(@ForAll String text) {
    IpAddress.parse(text).ifPresent(address -> assertTrue(text.matches("[0-9a-fA-F:.]+")));
  }

  @Property
  void prefixesComeFromMasks(@ForAll int bits) {
    Ipv4Address.prefixOf(new Ipv4Address(bits))
        .ifPresent(prefix -> assertEquals(bits, Ipv4Address.mask(prefix)));
  }
}
