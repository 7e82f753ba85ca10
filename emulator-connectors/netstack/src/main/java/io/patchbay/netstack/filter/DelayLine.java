package io.patchbay.netstack.filter;

import io.patchbay.netstack.link.Containment;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes the lanes of all links when their frames are due, by one thread. */
final class DelayLine {
  /** Frames of all lanes together take this much of the heap at most, in bytes. */
  private static final long CAPACITY = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

  private static final class Holder {
    static final DelayLine SHARED = new DelayLine();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();
  private final PriorityQueue<Appointment> appointments = new PriorityQueue<>();
  private final AtomicLong claimed = new AtomicLong();

  private record Appointment(long due, Lane lane) implements Comparable<Appointment> {
    @Override
    public int compareTo(Appointment other) {
      return Long.compare(due - other.due, 0);
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
   * Claims memory for a frame that waits.
   *
   * @return false if too much is claimed already, as by a router's full queue
   */
  boolean claim(int bytes) {
    if (claimed.addAndGet(bytes) > CAPACITY) {
      claimed.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void giveBack(int bytes) {
    claimed.addAndGet(-bytes);
  }

  /** Has a lane released when it is due; a lane has one appointment at a time. */
  void schedule(Lane lane, long due) {
    Appointment added = new Appointment(due, lane);
    lock.lock();
    try {
      appointments.add(added);
      if (appointments.peek() == added) {
        earlier.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      try {
        Lane lane = awaitDue();
        long now = System.nanoTime();
        long wait = lane.release(now);
        if (wait >= 0) {
          schedule(lane, now + wait);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error bug) {
        Containment.failed("delayed frames are lost", bug);
      }
    }
  }

  private Lane awaitDue() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        Appointment first = appointments.peek();
        if (first == null) {
          earlier.await();
        } else if (first.due() - System.nanoTime() <= 0) {
          return appointments.poll().lane();
        } else {
          earlier.awaitNanos(first.due() - System.nanoTime());
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
