package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Octets;
import io.patchbay.netstack.packet.TcpSegment;
import io.patchbay.netstack.packet.UdpDatagram;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Who waits for which answer. Used under the host's lock. */
final class ProbeTable {
  private final HostCore core;
  private final Map<Probe.Key, Consumer<Reply>> waiting = new HashMap<>(2);

  ProbeTable(HostCore core) {
    this.core = core;
  }

  void add(Probe.Key key, Consumer<Reply> listener) {
    waiting.put(key, listener);
  }

  void remove(Probe.Key key) {
    waiting.remove(key);
  }

  /**
   * Takes what may be an answer.
   *
   * @return whether somebody waited for it
   */
  boolean answer(Probe.Key key, Reply reply) {
    Consumer<Reply> listener = waiting.get(key);
    if (listener != null) {
      listener.accept(reply);
    }
    return listener != null;
  }

  boolean echo(Incoming packet, int identifierAndSequence) {
    return answer(
        new Probe.Key(packet.source(), packet.protocol(), identifierAndSequence),
        new Reply.Echo(packet.source(), packet.ttl(), core.nanos(), packet.length()));
  }

  boolean datagram(Incoming packet, UdpDatagram datagram) {
    int word = datagram.destinationPort() << 16 | datagram.sourcePort();
    return echo(packet, word);
  }

  boolean segment(Incoming packet, TcpSegment segment) {
    int word = segment.destinationPort() << 16 | segment.sourcePort();
    TcpSegment.Header header =
        new TcpSegment.Header(
            segment.sourcePort(),
            segment.destinationPort(),
            segment.sequence(),
            segment.acknowledgment(),
            segment.flags());
    return answer(
        new Probe.Key(packet.source(), IpProtocols.TCP, word),
        new Reply.Segment(
            packet.source(),
            packet.ttl(),
            core.nanos(),
            packet.length(),
            header,
            segment.dataLength()));
  }

  /**
   * Takes an error about a packet of ours.
   *
   * @param destination that the packet was for
   * @param protocol of the packet
   * @param start the first octets behind its IP header
   */
  void error(IpAddress destination, int protocol, Octets start, Reply.Error error) {
    boolean icmp = protocol == IpProtocols.ICMP || protocol == IpProtocols.ICMPV6;
    answer(new Probe.Key(destination, protocol, start.i32(icmp ? 4 : 0)), error);
  }
}
