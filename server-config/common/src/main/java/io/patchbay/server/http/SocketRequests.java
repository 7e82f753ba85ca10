package io.patchbay.server.http;

import io.patchbay.spi.LabException;
import jakarta.servlet.http.HttpServletRequest;

/** Requests that ask for a WebSocket. */
public final class SocketRequests {
  private SocketRequests() {}

  /**
   * @throws LabException (INVALID) if the request does not ask for an upgrade
   */
  public static void require(HttpServletRequest request) {
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      throw LabException.invalid("This route is a WebSocket: the request must ask for an upgrade");
    }
  }
}
