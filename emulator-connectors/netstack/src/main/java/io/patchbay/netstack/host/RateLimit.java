package io.patchbay.netstack.host;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets so many things happen in a second. Not for several threads. */
final class RateLimit {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final int perSecond;
  private final LongSupplier clock;
  private long since;
  private int count;

  RateLimit(int perSecond, LongSupplier clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    since = clock.getAsLong();
  }

  boolean allows() {
    long now = clock.getAsLong();
    if (now - since >= SECOND) {
      since = now;
      count = 0;
    }
    return ++count <= perSecond;
  }
}
