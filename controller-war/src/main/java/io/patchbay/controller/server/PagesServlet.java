package io.patchbay.controller.server;

import io.patchbay.server.http.Answers;
import io.patchbay.server.http.ApiVersion;
import io.patchbay.server.http.StatusCodes;
import io.patchbay.spi.Json;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The few addresses outside the API that clients know: the root, which leads to the web UI, and the
 * version as clients before API v2 ask for it.
 */
@WebServlet(
    urlPatterns = {"", PagesServlet.VERSION},
    asyncSupported = true)
public class PagesServlet extends HttpServlet {
  static final String VERSION = "/v1/version";

  /** The path that a reverse proxy has taken off the address, as it says itself. */
  private static final String PREFIX = "X-Forwarded-Prefix";

  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)*");

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getServletPath().equals(VERSION)) {
      answer(
          response,
          200,
          "application/json",
          Json.createObjectBuilder().add("version", ApiVersion.TEXT).build().toString());
    } else {
      // Not sendRedirect, which makes the address absolute and names the wrong host behind a proxy.
      response.setHeader("Location", prefix(request) + WebUiServlet.PAGE);
      answer(response, 302, "text/plain; charset=utf-8", "302: Found");
    }
  }

  private static String prefix(HttpServletRequest request) {
    String prefix = request.getHeader(PREFIX);
    return prefix != null && PATH.matcher(prefix).matches() ? prefix : "";
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getMethod().equals("GET")) {
      doGet(request, response);
    } else {
      Answers.error(response, 405, StatusCodes.reason(405));
    }
  }

  private static void answer(HttpServletResponse response, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
