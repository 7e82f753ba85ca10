package io.patchbay.netstack.link;

import io.patchbay.netstack.wire.FrameBuffer;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Frames that wait for their time, of all links with a delay; one thread sends them on. Frames that
 * wait equally long keep their order.
 */
final class DelayLine {
  /** At most this many frames wait; beyond it frames are dropped, as by a router's full queue. */
  private static final int CAPACITY = 100_000;

  private static final class Holder {
    static final DelayLine SHARED = new DelayLine();
  }

  private final DelayQueue<Waiting> queue = new DelayQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong sequence = new AtomicLong();
  private final FrameBuffer buffer = new FrameBuffer();

  private record Waiting(long due, long number, byte[] frame, FrameReceiver next)
      implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Waiting that = (Waiting) other;
      int byTime = Long.compare(due - that.due, 0);
      return byTime != 0 ? byTime : Long.compare(number, that.number);
    }
  }

  private DelayLine() {
    Thread thread = new Thread(this::run, "netstack-delay");
    thread.setDaemon(true);
    thread.start();
  }

  static DelayLine shared() {
    return Holder.SHARED;
  }

  /**
   * @return false if there is no room
   */
  boolean add(byte[] frame, int milliseconds, FrameReceiver next) {
    if (size.incrementAndGet() > CAPACITY) {
      size.decrementAndGet();
      return false;
    }
    long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    queue.add(new Waiting(due, sequence.getAndIncrement(), frame, next));
    return true;
  }

  private void run() {
    while (true) {
      try {
        Waiting first = queue.take();
        size.decrementAndGet();
        first.next().receive(buffer.fill(first.frame()));
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException bug) {
        System.getLogger(DelayLine.class.getName())
            .log(System.Logger.Level.ERROR, "a delayed frame could not be handled", bug);
      }
    }
  }
}
