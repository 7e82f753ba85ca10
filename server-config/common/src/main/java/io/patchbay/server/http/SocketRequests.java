package io.patchbay.server.http;

import io.patchbay.spi.LabException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.Session;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Requests that ask for a WebSocket. */
public final class SocketRequests {
  private static final String SINCE = "since";

  /** As large as fits into a number of JavaScript's. */
  private static final Pattern POSITION = Pattern.compile("[0-9]{1,16}");

  private SocketRequests() {}

  /**
   * @throws LabException (INVALID) if the request does not ask for an upgrade
   */
  public static void require(HttpServletRequest request) {
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      throw LabException.invalid("This route is a WebSocket: the request must ask for an upgrade");
    }
  }

  /**
   * Up to which position a console's viewer knows what it printed, by the query's {@code since}.
   *
   * @throws LabException (INVALID) if that is no position
   */
  public static OptionalLong since(HttpServletRequest request) {
    return since(Optional.ofNullable(request.getParameter(SINCE)));
  }

  /** The same of a WebSocket that is open. */
  public static OptionalLong since(Session session) {
    List<String> values = session.getRequestParameterMap().getOrDefault(SINCE, List.of());
    return since(values.stream().findFirst());
  }

  private static OptionalLong since(Optional<String> position) {
    if (position.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!POSITION.matcher(position.get()).matches()) {
      throw LabException.invalid("since is a position that the console told, or 0");
    }
    return OptionalLong.of(Long.parseLong(position.get()));
  }
}
