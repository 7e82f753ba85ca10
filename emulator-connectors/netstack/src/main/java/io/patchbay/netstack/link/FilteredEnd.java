package io.patchbay.netstack.link;

import io.patchbay.netstack.wire.Frame;
import io.patchbay.netstack.wire.FrameBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A link end whose frames pass filters, those that are sent and those that arrive. Without filters
 * it hands frames on at once. Filters may be changed while frames pass.
 */
public final class FilteredEnd implements LinkEnd {
  private static final int PERCENT = 100;

  private final LinkEnd inner;
  private final AtomicInteger frequency = new AtomicInteger();
  private volatile LinkFilters filters = LinkFilters.none();
  private volatile FrameReceiver receiver = FrameReceiver.DROP;

  public FilteredEnd(LinkEnd inner) {
    this.inner = inner;
    inner.receiver(frame -> pass(frame, receiver));
  }

  /** Filters from now on in this way; frames that are delayed keep their time. */
  public void filters(LinkFilters newFilters) {
    filters = newFilters;
  }

  @Override
  public void send(Frame frame) {
    pass(frame, inner::send);
  }

  private void pass(Frame frame, FrameReceiver next) {
    LinkFilters now = filters;
    if (now == LinkFilters.none()) {
      next.receive(frame);
    } else if (drops(now)) {
      inner.counters().countDropped();
    } else if (now.changeFrames()) {
      passCopy(now, frame.toBytes(), next);
    } else {
      next.receive(frame);
    }
  }

  private boolean drops(LinkFilters now) {
    return now.suspended()
        || now.frequencyDrop() == -1
        || now.frequencyDrop() > 0 && frequency.incrementAndGet() % now.frequencyDrop() == 0
        || chance(now.packetLoss());
  }

  private static boolean chance(int percent) {
    return percent > 0 && ThreadLocalRandom.current().nextInt(PERCENT) < percent;
  }

  private void passCopy(LinkFilters now, byte[] frame, FrameReceiver next) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (chance(now.corrupt())) {
      // The addresses stay whole, as with the reference: the frame arrives and is found to be bad.
      int at = random.nextInt(Frame.MIN_LENGTH - 2, frame.length);
      frame[at] ^= (byte) random.nextInt(1, 256);
    }
    int wait = now.delay();
    if (now.jitter() > 0) {
      wait = Math.max(0, wait + random.nextInt(-now.jitter(), now.jitter() + 1));
    }
    if (wait > 0) {
      if (!DelayLine.shared().add(frame, wait, next)) {
        inner.counters().countDropped();
      }
    } else {
      next.receive(new FrameBuffer().fill(frame));
    }
  }

  @Override
  public void receiver(FrameReceiver newReceiver) {
    receiver = newReceiver;
  }

  @Override
  public LinkCounters counters() {
    return inner.counters();
  }

  @Override
  public void close() {
    receiver = FrameReceiver.DROP;
    inner.close();
  }
}
