package io.patchbay.controller.compute;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether a compute is there. Requests to one that is away fail at once, or after one more attempt
 * to reach it; they never wait longer than that attempt may take. Thread-safe.
 */
final class Presence {
  /** How long a request waits for a compute that was not tried yet. */
  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);

  /** How long a request waits for a compute that is tried once more. */
  private static final Duration WAIT = Duration.ofSeconds(2);

  /** A compute that was away this short a time ago still is. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition wanted = lock.newCondition();
  private final long end;
  private Optional<ComputeHttp> session = Optional.empty();
  private String reason = "it was not reached yet";
  private boolean expected = true;
  private boolean asked;
  private long attempts;
  private long lastAttempt;

  /**
   * @param grace how long the first connection may take before the compute counts as away
   */
  Presence(Duration grace) {
    end = System.nanoTime() + grace.toNanos();
  }

  boolean isHere() {
    lock.lock();
    try {
      return session.isPresent();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is known not to be there, rather than just not tried yet. */
  boolean isAway() {
    lock.lock();
    try {
      return session.isEmpty() && !expected;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The way to the compute.
   *
   * @param name of the compute, for the message
   * @throws ComputeAway if it is not there
   */
  ComputeHttp session(String name) {
    lock.lock();
    try {
      if (session.isEmpty() && (expected || isStale())) {
        await();
      }
      return session.orElseThrow(
          () -> new ComputeAway("The compute " + name + " is away: " + reason));
    } finally {
      lock.unlock();
    }
  }

  private boolean isStale() {
    return System.nanoTime() - lastAttempt > FRESH.toNanos();
  }

  private void await() {
    asked = true;
    wanted.signalAll();
    long seen = attempts;
    long left = (expected ? FIRST_WAIT : WAIT).toNanos();
    try {
      while (session.isEmpty() && (expected || attempts == seen) && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void here(ComputeHttp http) {
    lock.lock();
    try {
      session = Optional.of(http);
      expected = false;
      attempts++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * @return whether it was there until now
   */
  boolean away(String why) {
    lock.lock();
    try {
      boolean was = session.isPresent();
      session = Optional.empty();
      reason = why;
      expected = expected && System.nanoTime() - end < 0;
      attempts++;
      lastAttempt = System.nanoTime();
      changed.signalAll();
      return was;
    } finally {
      lock.unlock();
    }
  }

  /** Why it is away; of no meaning while it is there. */
  String reason() {
    lock.lock();
    try {
      return reason;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the time is over or somebody wants the compute. */
  void pause(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (!asked && left > 0) {
        left = wanted.awaitNanos(left);
      }
      asked = false;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the first attempt has ended, but not longer than so. */
  void awaitFirst(Duration time) {
    lock.lock();
    try {
      long left = time.toNanos();
      while (attempts == 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Lets whoever pauses try at once. */
  void want() {
    lock.lock();
    try {
      asked = true;
      wanted.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
