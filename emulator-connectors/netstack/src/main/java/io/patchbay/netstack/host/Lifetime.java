package io.patchbay.netstack.host;

import java.time.Duration;

/** How long something is good that somebody else told. Used under the host's lock. */
final class Lifetime {
  /** The number of seconds that means for ever in messages. */
  static final long FOREVER = 0xffff_ffffL;

  private final HostCore core;
  private final Runnable over;
  private HostScheduler.Timer timer = HostScheduler.Timer.NONE;
  private long seconds;
  private long since;

  /**
   * @param over what is done at its end, under the lock
   */
  Lifetime(HostCore core, Runnable over) {
    this.core = core;
    this.over = over;
  }

  /** Counts anew, from now on. */
  void set(long newSeconds) {
    timer.cancel();
    seconds = newSeconds;
    since = core.nanos();
    timer =
        newSeconds == FOREVER
            ? HostScheduler.Timer.NONE
            : core.later(Duration.ofSeconds(newSeconds), over);
  }

  /** Seconds until the end, also {@link #FOREVER}. */
  long left() {
    return seconds == FOREVER
        ? FOREVER
        : Math.max(0, seconds - Duration.ofNanos(core.nanos() - since).toSeconds());
  }

  /** Lets it have no end any more, and no beginning. */
  void clear() {
    timer.cancel();
    seconds = 0;
  }
}
