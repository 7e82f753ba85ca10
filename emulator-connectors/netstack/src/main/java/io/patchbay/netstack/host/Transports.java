package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Octets;
import io.patchbay.netstack.packet.TcpSegment;
import io.patchbay.netstack.packet.UdpDatagram;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * UDP and TCP of both families: what is for somebody here goes there, and whatever else comes is
 * served as an echo service on every port would. Used under the host's lock.
 */
final class Transports {
  private static final int ECHOES_PER_SECOND = 1000;
  private static final int MAC_LENGTH = 6;

  private final HostCore core;
  private final IpLayer ip;
  private final ProbeTable probes;
  private final TcpResponder tcp;
  private final RateLimit echoes;
  private final Map<Integer, UdpListener> ports;

  /** Takes the datagrams of a port. */
  @FunctionalInterface
  interface UdpListener {
    void receive(Incoming packet, UdpDatagram datagram);
  }

  /**
   * @param ports who listens at which UDP port; shared between the families
   */
  Transports(HostCore core, IpLayer ip, ProbeTable probes, Map<Integer, UdpListener> ports) {
    this.core = core;
    this.ip = ip;
    this.probes = probes;
    this.ports = ports;
    tcp = new TcpResponder(core, ip);
    // Two hosts that echo each other's echo would not stop; this way they are slow at least.
    echoes = new RateLimit(ECHOES_PER_SECOND, core::nanos);
  }

  static Map<Integer, UdpListener> noPorts() {
    return new HashMap<>(2);
  }

  void receive(Incoming packet) {
    if (packet.protocol() == IpProtocols.UDP) {
      udp(packet, UdpDatagram.of(packet.payload(), packet.source(), packet.destination()));
    } else {
      TcpSegment segment = TcpSegment.of(packet.payload());
      // VPCS 0.8 answers with wrong checksums, and is to be heard nevertheless.
      if (!probes.segment(packet, segment)) {
        segment.requireChecksum(packet.source(), packet.destination());
        tcp.receive(packet, segment);
      }
    }
  }

  private void udp(Incoming packet, UdpDatagram datagram) {
    UdpListener listener = ports.get(datagram.destinationPort());
    if (listener != null) {
      listener.receive(packet, datagram);
    } else if (!probes.datagram(packet, datagram) && !isOwn(datagram.data())) {
      if (packet.ttl() == 1) {
        ip.portUnreachable(packet);
      } else if (datagram.sourcePort() != 0 && echoes.allows()) {
        echo(packet, datagram);
      }
    }
  }

  private void echo(Incoming packet, UdpDatagram datagram) {
    ip.send(
        new Outgoing(
            packet.destination(),
            packet.source(),
            IpProtocols.UDP,
            UdpDatagram.make(
                packet.destination(),
                datagram.destinationPort(),
                packet.source(),
                datagram.sourcePort(),
                datagram.data().toBytes())));
  }

  /** Whether it is an echo of ours that comes too late: its data begin with our MAC address. */
  private boolean isOwn(Octets data) {
    return data.length() >= MAC_LENGTH && data.u48(0) == core.mac();
  }

  /** Data of a probe. They begin with our MAC address, as VPCS's do and as its echoes need. */
  static byte[] probeData(int length, long mac) {
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = (byte) (i + 8);
    }
    if (length >= MAC_LENGTH) {
      ByteBuffer.wrap(data).putShort((short) (mac >> 32)).putInt((int) mac);
    }
    return data;
  }
}
