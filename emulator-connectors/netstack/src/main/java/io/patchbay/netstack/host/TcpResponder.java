package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.TcpSegment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Accepts TCP connections at every port, takes what they send and closes when they do: the far side
 * of a ping by TCP. Used under the host's lock.
 */
final class TcpResponder {
  private static final Duration LIFETIME = Duration.ofSeconds(60);
  private static final int CAPACITY = 64;
  private static final byte[] NO_DATA = new byte[0];

  private final HostCore core;
  private final IpLayer ip;
  private final Map<Key, Session> sessions = new LinkedHashMap<>();

  private record Key(IpAddress peer, int ports) {}

  private static final class Session {
    private int next;
    private int expected;
    private boolean closing;
    private long at;
  }

  TcpResponder(HostCore core, IpLayer ip) {
    this.core = core;
    this.ip = ip;
  }

  void receive(Incoming packet, TcpSegment segment) {
    Key key = new Key(packet.source(), segment.sourcePort() << 16 | segment.destinationPort());
    Session session = sessions.get(key);
    if (segment.has(TcpSegment.RST)) {
      sessions.remove(key);
    } else if (segment.flags() == TcpSegment.SYN) {
      accept(key, packet, segment);
    } else if (session == null) {
      refuse(packet, segment);
    } else {
      session.at = core.nanos();
      take(key, session, packet, segment);
    }
  }

  private void accept(Key key, Incoming packet, TcpSegment segment) {
    if (sessions.size() >= CAPACITY && !forgetOldest()) {
      return;
    }
    Session session = new Session();
    session.next = ThreadLocalRandom.current().nextInt();
    session.expected = segment.sequence() + 1;
    session.at = core.nanos();
    sessions.put(key, session);
    reply(packet, segment, session, TcpSegment.SYN | TcpSegment.ACK);
    session.next++;
  }

  private boolean forgetOldest() {
    var oldest = sessions.entrySet().iterator();
    if (core.nanos() - oldest.next().getValue().at < LIFETIME.toNanos()) {
      return false;
    }
    oldest.remove();
    return true;
  }

  private void take(Key key, Session session, Incoming packet, TcpSegment segment) {
    int length = segment.dataLength();
    if (session.closing && segment.acknowledgment() == session.next) {
      sessions.remove(key);
      return;
    }
    boolean fin = segment.has(TcpSegment.FIN);
    if (length == 0 && !fin) {
      return;
    }
    if (segment.sequence() == session.expected) {
      session.expected += length + (fin ? 1 : 0);
    }
    reply(packet, segment, session, TcpSegment.ACK);
    if (fin && !session.closing) {
      session.closing = true;
      reply(packet, segment, session, TcpSegment.FIN | TcpSegment.ACK);
      session.next++;
    }
  }

  /** A segment of no connection is answered by a reset (RFC 9293, 3.10.7.1). */
  private void refuse(Incoming packet, TcpSegment segment) {
    Session none = new Session();
    boolean acknowledges = segment.has(TcpSegment.ACK);
    none.next = acknowledges ? segment.acknowledgment() : 0;
    none.expected =
        segment.sequence() + segment.dataLength() + (segment.has(TcpSegment.SYN) ? 1 : 0);
    reply(packet, segment, none, acknowledges ? TcpSegment.RST : TcpSegment.RST | TcpSegment.ACK);
  }

  private void reply(Incoming packet, TcpSegment segment, Session session, int flags) {
    TcpSegment.Header header =
        new TcpSegment.Header(
            segment.destinationPort(),
            segment.sourcePort(),
            session.next,
            (flags & TcpSegment.ACK) == 0 ? 0 : session.expected,
            flags);
    ip.send(
        new Outgoing(
            packet.destination(),
            packet.source(),
            IpProtocols.TCP,
            TcpSegment.make(packet.destination(), packet.source(), header, NO_DATA)));
  }
}
