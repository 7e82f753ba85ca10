package io.patchbay.netstack.packet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.function.Consumer;

/** Parsers read what there is, or refuse it politely. */
class ParserFuzzTest {
  private static final Ipv4Address ONE = new Ipv4Address(0x0a000001);
  private static final Ipv4Address TWO = new Ipv4Address(0x0a000002);
  private static final List<Consumer<Octets>> PARSERS =
      List.of(
          octets -> ArpPacket.of(octets).target(),
          octets -> Ipv4Packet.of(octets).payload(),
          octets -> Ipv6Packet.of(octets).payload(),
          octets -> UdpDatagram.of(octets, ONE, TWO).data(),
          octets -> TcpSegment.of(octets).dataLength(),
          octets -> IcmpMessage.ofV4(octets).body(),
          ParserFuzzTest::dhcp,
          DnsMessage::of,
          RouterAdvertisement::of,
          octets -> RouterAdvertisement.linkLayerAddress(octets, 1));

  @FuzzTest
  void noOctetsBreakAParser(byte[] octets) {
    for (Consumer<Octets> parser : PARSERS) {
      try {
        parser.accept(Octets.of(octets));
      } catch (MalformedException refused) {
        // That is how it should be.
      }
    }
  }

  private static void dhcp(Octets octets) {
    DhcpMessage message = DhcpMessage.of(octets);
    message.type();
    for (int option : message.options().keySet()) {
      message.address(option);
      message.addresses(option);
      message.seconds(option);
      message.text(option);
    }
  }
}
