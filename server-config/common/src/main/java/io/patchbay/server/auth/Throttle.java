package io.patchbay.server.auth;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes guessing slow: after some wrong passwords of a user, or from an address, further ones are
 * refused at once for a time that doubles with each. An attempt counts from its beginning, so that
 * many at a time gain nothing. No thread waits. Thread-safe, bounded.
 */
final class Throttle {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final int CAPACITY = 10_000;
  private static final int DOUBLINGS = 10;

  private final int ofUser;
  private final int ofAddress;
  private final LongSupplier clock;
  private final Map<String, Failures> users = new Recent<>(CAPACITY);
  private final Map<String, Failures> addresses = new Recent<>(CAPACITY);

  private record Failures(int count, long last, long until) {}

  /**
   * @param ofUser wrong passwords for one user that cost nothing; 0 for any number
   * @param ofAddress the same from one address
   * @param clock as {@link System#nanoTime}
   */
  Throttle(int ofUser, int ofAddress, LongSupplier clock) {
    this.ofUser = ofUser;
    this.ofAddress = ofAddress;
    this.clock = clock;
  }

  /**
   * Begins an attempt, which counts as failed until {@link #succeeded} or {@link #undecided}.
   *
   * @return how long to wait, if it must not be made now
   */
  synchronized Optional<Duration> begin(String user, String address) {
    long now = clock.getAsLong();
    long wait =
        Math.max(wait(users, normal(user), ofUser, now), wait(addresses, address, ofAddress, now));
    if (wait > 0) {
      return Optional.of(Duration.ofNanos(wait));
    }
    count(users, normal(user), ofUser, now);
    count(addresses, address, ofAddress, now);
    return Optional.empty();
  }

  /** The password was right: what was wrong for this user before is forgotten. */
  synchronized void succeeded(String user, String address) {
    users.remove(normal(user));
    uncount(addresses, address, ofAddress);
  }

  /** Nobody could tell whether the password was right. */
  synchronized void undecided(String user, String address) {
    uncount(users, normal(user), ofUser);
    uncount(addresses, address, ofAddress);
  }

  /** Directories do not distinguish case, so guesses at Bob are guesses at bob. */
  private static String normal(String user) {
    return user.strip().toLowerCase(Locale.ROOT);
  }

  private static long wait(Map<String, Failures> all, String key, int free, long now) {
    Failures failures = free > 0 ? all.get(key) : null;
    return failures == null ? 0 : failures.until() - now;
  }

  private static void count(Map<String, Failures> all, String key, int free, long now) {
    Failures before = all.get(key);
    boolean old = before == null || now - before.last() > WINDOW.toNanos();
    int count = old ? 1 : before.count() + 1;
    all.put(key, new Failures(count, now, now + pause(count - free)));
  }

  private static long pause(int beyond) {
    if (beyond < 0) {
      return 0;
    }
    long doubled = FIRST_WAIT.toNanos() << Math.min(beyond, DOUBLINGS);
    return Math.min(doubled, LONGEST_WAIT.toNanos());
  }

  private static void uncount(Map<String, Failures> all, String key, int free) {
    all.computeIfPresent(
        key,
        (same, failures) ->
            failures.count() <= 1
                ? null
                : new Failures(
                    failures.count() - 1,
                    failures.last(),
                    failures.count() - 1 < free ? failures.last() : failures.until()));
  }
}
