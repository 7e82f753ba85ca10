package io.patchbay.server.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers of filters and servlets, which stand before JAX-RS. */
public final class Answers {
  private Answers() {}

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
