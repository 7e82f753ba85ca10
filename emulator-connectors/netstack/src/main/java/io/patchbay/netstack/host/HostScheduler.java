package io.patchbay.netstack.host;

import java.time.Duration;
import java.util.concurrent.Future;

/** Time and threads for hosts; one for all of them. Thread-safe. */
public interface HostScheduler {
  /** A clock that only goes forward, in nanoseconds. */
  long nanos();

  /** Runs a task soon on a thread that moves frames; at once if this is one. */
  void execute(Runnable task);

  /** Runs a task once, later, on a thread that moves frames. */
  Timer schedule(Duration delay, Runnable task);

  /**
   * Waits until a future is done, however it ends, or so long has passed. Not for a thread that
   * moves frames.
   */
  void await(Future<?> future, Duration most) throws InterruptedException;

  /** A task that waits for its time. */
  @FunctionalInterface
  interface Timer {
    Timer NONE = () -> {};

    /** Lets it not run; harmless if it has. */
    void cancel();
  }
}
