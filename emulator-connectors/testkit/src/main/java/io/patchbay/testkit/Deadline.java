package io.patchbay.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens by itself: as long as it takes, but not for ever. */
public final class Deadline {
  /** Long enough for a busy machine; a test that passes never waits this long. */
  public static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

  private Deadline() {}

  /**
   * @param what is said if it does not happen
   * @throws AssertionError if it does not become true in time
   */
  public static void await(String what, BooleanSupplier happened) {
    find(what, () -> happened.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /**
   * The first result there is.
   *
   * @throws AssertionError if there is none in time
   */
  public static <T> T find(String what, Supplier<Optional<T>> attempt) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<T> result = attempt.get();
      if (result.isPresent()) {
        return result.get();
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(what + " did not happen in time");
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
