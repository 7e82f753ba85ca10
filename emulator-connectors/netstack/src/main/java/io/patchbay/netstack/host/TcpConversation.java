package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.TcpSegment;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * A short TCP connection: open, send, close, each waiting for its acknowledgment. The methods wait
 * and are for one virtual thread.
 */
public final class TcpConversation implements AutoCloseable {
  private static final int ATTEMPTS = 3;
  private static final int CAPACITY = 64;

  private final VirtualHost host;
  private final Flow flow;
  private final Queue<Reply> replies = new ArrayBlockingQueue<>(CAPACITY);
  private volatile CompletableFuture<Reply> arrival = new CompletableFuture<>();
  private int sequence = ThreadLocalRandom.current().nextInt();
  private int acknowledgment;
  private boolean peerClosed;

  record Flow(IpAddress destination, int sourcePort, int destinationPort, int ttl) {}

  TcpConversation(VirtualHost host, Flow flow) {
    this.host = host;
    this.flow = flow;
  }

  Flow flow() {
    return flow;
  }

  Probe.Key key() {
    return new Probe.Key(
        flow.destination(), IpProtocols.TCP, flow.sourcePort() << 16 | flow.destinationPort());
  }

  void took(Reply reply) {
    replies.offer(reply);
    arrival.complete(reply);
  }

  /**
   * Connects.
   *
   * @param patience how long to wait for each of three attempts
   * @return the acknowledgment, a reset, or an error by ICMP; empty if nothing came
   */
  public Optional<Reply> open(Duration patience) throws InterruptedException {
    Optional<Reply> reply =
        exchange(
            patience,
            TcpSegment.SYN,
            0,
            answer -> answer.header().acknowledgment() == sequence + 1);
    if (reply.orElse(null) instanceof Reply.Segment segment && isAccepted(segment)) {
      sequence++;
      acknowledgment = segment.header().sequence() + 1;
      transmit(TcpSegment.ACK, 0);
    }
    return reply;
  }

  /** Whether a segment accepts the connection, and does not reset it. */
  public static boolean isAccepted(Reply.Segment segment) {
    return (segment.header().flags() & (TcpSegment.SYN | TcpSegment.ACK | TcpSegment.RST))
        == (TcpSegment.SYN | TcpSegment.ACK);
  }

  /** Sends so many octets; the answer is their acknowledgment. */
  public Optional<Reply> send(int octets, Duration patience) throws InterruptedException {
    Optional<Reply> reply =
        exchange(
            patience,
            TcpSegment.PSH | TcpSegment.ACK,
            octets,
            answer -> answer.header().acknowledgment() == sequence + octets);
    if (reply.isPresent()) {
      sequence += octets;
    }
    return reply;
  }

  /**
   * Closes from this side and waits for the other; the answer is the last segment that it takes.
   */
  public Optional<Reply> finish(Duration patience) throws InterruptedException {
    Optional<Reply> reply =
        exchange(
            patience,
            TcpSegment.FIN | TcpSegment.ACK,
            0,
            answer -> answer.header().acknowledgment() == sequence + 1);
    if (reply.isEmpty()) {
      return reply;
    }
    sequence++;
    long deadline = host.nanos() + patience.toNanos();
    while (!peerClosed) {
      Optional<Reply> next = await(deadline);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      if (next.get() instanceof Reply.Segment segment) {
        take(segment);
        reply = next;
      }
    }
    return reply;
  }

  private Optional<Reply> exchange(
      Duration patience, int flags, int octets, Predicate<Reply.Segment> acknowledges)
      throws InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      transmit(flags, octets);
      long deadline = host.nanos() + patience.toNanos();
      for (Optional<Reply> next = await(deadline); next.isPresent(); next = await(deadline)) {
        if (!(next.get() instanceof Reply.Segment segment)) {
          return next;
        }
        if ((segment.header().flags() & TcpSegment.RST) != 0) {
          return next;
        }
        take(segment);
        if (acknowledges.test(segment)) {
          return next;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Reply> await(long deadline) throws InterruptedException {
    // A new one first, so that what comes from now on is in the queue or completes it.
    arrival = new CompletableFuture<>();
    if (replies.isEmpty()) {
      host.await(arrival, Duration.ofNanos(deadline - host.nanos()));
    }
    return Optional.ofNullable(replies.poll());
  }

  /** Acknowledges what the other side says by itself. */
  private void take(Reply.Segment segment) {
    boolean fin = (segment.header().flags() & TcpSegment.FIN) != 0;
    boolean syn = (segment.header().flags() & TcpSegment.SYN) != 0;
    if (syn || segment.dataLength() == 0 && !fin) {
      return;
    }
    if (segment.header().sequence() == acknowledgment) {
      acknowledgment += segment.dataLength() + (fin ? 1 : 0);
      peerClosed |= fin;
    }
    boolean last = fin && segment.header().acknowledgment() == sequence + 1;
    host.send(
        this,
        new ProbePackets.Segment(
            last ? sequence + 1 : sequence, acknowledgment, TcpSegment.ACK, 0));
  }

  private void transmit(int flags, int octets) {
    ProbePackets.Segment segment =
        new ProbePackets.Segment(
            sequence, (flags & TcpSegment.ACK) == 0 ? 0 : acknowledgment, flags, octets);
    host.send(this, segment);
  }

  @Override
  public void close() {
    host.end(this);
  }
}
