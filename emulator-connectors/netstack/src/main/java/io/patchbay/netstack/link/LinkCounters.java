package io.patchbay.netstack.link;

import java.util.concurrent.atomic.LongAdder;

/** What passed a link end; counted without a lock, read at any time. */
public final class LinkCounters {
  private final LongAdder received = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  public void countReceived() {
    received.increment();
  }

  public void countSent() {
    sent.increment();
  }

  public void countDropped() {
    dropped.increment();
  }

  /** Counts what another end counted, in addition. */
  public void add(LinkCounters other) {
    received.add(other.received());
    sent.add(other.sent());
    dropped.add(other.dropped());
  }

  public long received() {
    return received.sum();
  }

  public long sent() {
    return sent.sum();
  }

  /** Frames that were malformed, too long, or found no room. */
  public long dropped() {
    return dropped.sum();
  }
}
