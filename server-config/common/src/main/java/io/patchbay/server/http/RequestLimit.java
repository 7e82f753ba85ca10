package io.patchbay.server.http;

import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import io.patchbay.server.config.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.Session;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many requests of one user may be under way at once, streams and WebSockets among them, so
 * that nobody takes the server from the others. Administrators and controllers have no limit.
 * Thread-safe.
 */
@Singleton
public class RequestLimit {
  private static final Set<Role> UNLIMITED = EnumSet.of(Role.ADMINISTRATOR, Role.CONTROLLER);

  /** Property of a WebSocket that is counted: its user. */
  private static final String COUNTED = "io.patchbay.counted";

  private final int limit;
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

  @Inject
  public RequestLimit(Settings settings) {
    this(settings.requestsPerUser());
  }

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
    Optional<String> user = counted(Caller.of(request));
    return user.isEmpty() ? Optional.of(() -> {}) : enter(user.get());
  }

  private Optional<String> counted(Optional<Caller> caller) {
    return caller.filter(known -> limit > 0 && !UNLIMITED.contains(known.role())).map(Caller::name);
  }

  /**
   * Counts a WebSocket until {@link #closed}, since its request is answered long before it ends.
   * Whether it may be opened was said of the request.
   */
  public void opened(Session session) {
    counted(Caller.of(session.getUserPrincipal()))
        .ifPresent(
            user -> {
              underWay.merge(user, 1, Integer::sum);
              session.getUserProperties().put(COUNTED, user);
            });
  }

  /** Harmless for one that is not counted, or not any more. */
  public void closed(Session session) {
    if (session.getUserProperties().remove(COUNTED) instanceof String user) {
      leave(user);
    }
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
