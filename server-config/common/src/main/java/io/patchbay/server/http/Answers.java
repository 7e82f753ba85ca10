package io.patchbay.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers of filters and servlets, which stand before JAX-RS. */
public final class Answers {
  private Answers() {}

  /**
   * Answers 405 unless the request is a GET.
   *
   * @return whether it is
   */
  public static boolean requireGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getMethod().equals("GET")) {
      return true;
    }
    response.setHeader("Allow", "GET");
    error(response, 405, StatusCodes.reason(405));
    return false;
  }

  /** Sends our error body. The content type has no charset, as on every JSON answer of the API. */
  public static void error(HttpServletResponse response, int status, String message)
      throws IOException {
    byte[] body = ErrorBody.of(status, message).toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
