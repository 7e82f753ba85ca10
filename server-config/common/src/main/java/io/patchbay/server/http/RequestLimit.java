package io.patchbay.server.http;

import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many requests of one user may be under way at once, streams among them, so that nobody takes
 * the server from the others. Administrators and controllers have no limit. Thread-safe.
 */
final class RequestLimit {
  private static final Set<Role> UNLIMITED = EnumSet.of(Role.ADMINISTRATOR, Role.CONTROLLER);

  private final int limit;
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

  /**
   * @param limit 0 for none
   */
  RequestLimit(int limit) {
    this.limit = limit;
  }

  /**
   * Counts a request.
   *
   * @return what to run when it is answered; empty if there are too many
   */
  Optional<Runnable> enter(HttpServletRequest request) {
    Optional<String> user =
        Caller.of(request).filter(caller -> !UNLIMITED.contains(caller.role())).map(Caller::name);
    return user.isEmpty() || limit == 0 ? Optional.of(() -> {}) : enter(user.get());
  }

  Optional<Runnable> enter(String user) {
    if (underWay.merge(user, 1, Integer::sum) > limit) {
      leave(user);
      return Optional.empty();
    }
    return Optional.of(() -> leave(user));
  }

  private void leave(String user) {
    underWay.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
  }
}
