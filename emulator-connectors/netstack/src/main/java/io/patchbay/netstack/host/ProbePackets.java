package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IcmpMessage;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv6Address;
import io.patchbay.netstack.packet.Octets;
import io.patchbay.netstack.packet.TcpSegment;
import io.patchbay.netstack.packet.UdpDatagram;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the packets that ask for an answer. */
final class ProbePackets {
  private ProbePackets() {}

  /** What of a segment of a conversation differs from one to the next. */
  record Segment(int sequence, int acknowledgment, int flags, int dataLength) {}

  static Outgoing of(Probe probe, IpAddress source, long mac) {
    Probe.Key key = probe.key();
    return new Outgoing(
        source,
        probe.destination(),
        key.protocol(),
        payload(probe, key, source, mac),
        probe.ttl(),
        probe.dontFragment(),
        probe.mtu());
  }

  private static byte[] payload(Probe probe, Probe.Key key, IpAddress source, long mac) {
    return switch (key.protocol()) {
      case IpProtocols.ICMP ->
          IcmpMessage.makeV4(IcmpMessage.ECHO, 0, key.word(), pattern(probe.dataLength()));
      case IpProtocols.ICMPV6 ->
          IcmpMessage.makeV6(
              IcmpMessage.ECHO_6,
              0,
              key.word(),
              pattern(probe.dataLength()),
              (Ipv6Address) source,
              (Ipv6Address) probe.destination());
      case IpProtocols.UDP ->
          UdpDatagram.make(
              source,
              probe.sourcePort(),
              probe.destination(),
              probe.destinationPort(),
              Transports.probeData(probe.dataLength(), mac));
      case IpProtocols.TCP ->
          TcpSegment.make(
              source,
              probe.destination(),
              new TcpSegment.Header(
                  probe.sourcePort(),
                  probe.destinationPort(),
                  ThreadLocalRandom.current().nextInt(),
                  0,
                  probe.tcpFlags()),
              new byte[0]);
      default -> throw new IllegalArgumentException("protocol " + key.protocol());
    };
  }

  private static Octets pattern(int length) {
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = (byte) (i + IcmpMessage.HEADER);
    }
    return Octets.of(data);
  }

  static Outgoing of(TcpConversation.Flow flow, IpAddress source, Segment segment) {
    byte[] data = new byte[segment.dataLength()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i % 2 == 0 ? '\r' : '\n');
    }
    byte[] payload =
        TcpSegment.make(
            source,
            flow.destination(),
            new TcpSegment.Header(
                flow.sourcePort(),
                flow.destinationPort(),
                segment.sequence(),
                segment.acknowledgment(),
                segment.flags()),
            data);
    return new Outgoing(source, flow.destination(), IpProtocols.TCP, payload, flow.ttl(), false, 0);
  }
}
