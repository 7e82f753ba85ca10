package io.patchbay.runtime.console;

import java.time.Duration;

/** How long to wait before each next attempt: twice as long every time, up to a bound. */
final class Backoff {
  private final Duration first;
  private final Duration most;
  private final Duration steady;
  private Duration next;

  /**
   * @param steady what lasted so long was no failure, and the waits begin anew
   */
  Backoff(Duration first, Duration most, Duration steady) {
    this.first = first;
    this.most = most;
    this.steady = steady;
    this.next = first;
  }

  /**
   * @param lasted how long the last attempt went well
   */
  Duration after(Duration lasted) {
    if (lasted.compareTo(steady) >= 0) {
      next = first;
    }
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(most) > 0 ? most : doubled;
    return wait;
  }
}
