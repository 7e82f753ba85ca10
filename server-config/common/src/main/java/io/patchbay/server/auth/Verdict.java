package io.patchbay.server.auth;

import java.time.Duration;
import java.util.Optional;

/** What comes of a request's credentials. */
sealed interface Verdict {

  record Known(Caller caller) implements Verdict {}

  /**
   * @param status 401, 429 or 503
   * @param retryAfter when another attempt may do better
   */
  record Refused(int status, String message, Optional<Duration> retryAfter) implements Verdict {
    static Refused unknown(String message) {
      return new Refused(401, message, Optional.empty());
    }
  }
}
