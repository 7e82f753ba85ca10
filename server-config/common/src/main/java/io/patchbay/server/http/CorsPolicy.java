package io.patchbay.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lets pages of known origins use the API; the stock web UI may be served from another one.
 *
 * @param origins as in the {@code Origin} header, such as {@code http://localhost:4200}
 */
record CorsPolicy(Set<String> origins) {

  CorsPolicy(List<String> origins) {
    this(Set.copyOf(origins));
  }

  /** Adds the headers to an answer whose request comes from a known origin. */
  void allow(HttpServletRequest request, HttpServletResponse response) {
    String origin = request.getHeader("Origin");
    if (origin != null && origins.contains(origin)) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Allow-Credentials", "true");
      response.addHeader("Vary", "Origin");
    }
  }

  /**
   * Answers a preflight.
   *
   * @return whether the origin is known and the request is a preflight
   */
  boolean preflight(HttpServletRequest request, HttpServletResponse response) {
    String origin = request.getHeader("Origin");
    String method = request.getHeader("Access-Control-Request-Method");
    if (origin == null || method == null || !origins.contains(origin)) {
      return false;
    }
    allow(request, response);
    response.setHeader("Access-Control-Allow-Methods", method);
    String headers = request.getHeader("Access-Control-Request-Headers");
    if (headers != null) {
      response.setHeader(
          "Access-Control-Allow-Headers", headers.replace(" ", "").toUpperCase(Locale.ROOT));
    }
    response.setStatus(200);
    response.setContentLength(0);
    return true;
  }
}
