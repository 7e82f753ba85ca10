package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.DhcpMessage;
import io.patchbay.netstack.packet.EtherTypes;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Ipv4Packet;
import io.patchbay.netstack.packet.Octets;
import io.patchbay.netstack.packet.UdpDatagram;
import io.patchbay.netstack.wire.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Answers one client as a test wants it, and keeps what it asked. */
final class FakeDhcpServer {
  static final Ipv4Address ADDRESS = Ipv4Address.parse("10.0.0.254").orElseThrow();
  static final Ipv4Address GIVEN = Ipv4Address.parse("10.0.0.77").orElseThrow();
  private static final long MAC = 0x0200000000feL;

  /** What came, oldest first. */
  final List<DhcpMessage> asked = new ArrayList<>();

  /** The type of the answer to a request; 0 for silence. */
  int answer = DhcpMessage.ACK;

  private final Lan lan;
  private final VirtualHost client;
  private final int seconds;

  /**
   * @param seconds that leases last; renewed after half of that, rebound after seven eighths
   */
  FakeDhcpServer(Lan lan, VirtualHost client, int seconds) {
    this.lan = lan;
    this.client = client;
    this.seconds = seconds;
    lan.router(frame -> hear(frame.toBytes()));
  }

  List<Integer> types() {
    return asked.stream().map(DhcpMessage::type).toList();
  }

  private void hear(byte[] frame) {
    Octets octets = Octets.of(frame);
    if (octets.u16(12) != EtherTypes.IPV4) {
      return;
    }
    Ipv4Packet packet = Ipv4Packet.of(octets.from(Frame.MIN_LENGTH));
    if (packet.protocol() != IpProtocols.UDP) {
      return;
    }
    UdpDatagram datagram = UdpDatagram.of(packet.payload(), packet.source(), packet.destination());
    if (datagram.destinationPort() == DhcpMessage.SERVER_PORT) {
      DhcpMessage message = DhcpMessage.of(datagram.data());
      asked.add(message);
      switch (message.type()) {
        case DhcpMessage.DISCOVER -> answer(message, DhcpMessage.OFFER);
        case DhcpMessage.REQUEST -> answer(message, answer);
        default -> {}
      }
    }
  }

  private void answer(DhcpMessage to, int type) {
    if (type == 0) {
      return;
    }
    byte[] message =
        DhcpMessage.request(type, to.transaction(), client.mac(), Ipv4Address.NONE)
            .option(DhcpMessage.SERVER, ADDRESS)
            .option(DhcpMessage.SUBNET_MASK, new Ipv4Address(Ipv4Address.mask(24)))
            .option(DhcpMessage.LEASE_TIME, ByteBuffer.allocate(4).putInt(seconds).array())
            .build();
    message[0] = 2;
    ByteBuffer.wrap(message).putInt(16, GIVEN.bits());
    byte[] datagram =
        UdpDatagram.make(ADDRESS, DhcpMessage.SERVER_PORT, GIVEN, DhcpMessage.CLIENT_PORT, message);
    Ipv4Packet.Header header = new Ipv4Packet.Header(1, false, 64, IpProtocols.UDP, ADDRESS, GIVEN);
    lan.inject(
        client,
        Ipv4Packet.frame(client.mac(), MAC, header, datagram, 0, datagram.length, false)
            .frame()
            .toBytes());
  }
}
