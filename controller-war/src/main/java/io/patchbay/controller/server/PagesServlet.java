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

/**
 * The few addresses outside the API that clients know: the root, which leads to the web UI's place;
 * that place, where a page says what this is; and the version as clients before API v2 ask for it.
 */
@WebServlet(
    urlPatterns = {"", PagesServlet.VERSION, PagesServlet.WEB_UI},
    asyncSupported = true)
public class PagesServlet extends HttpServlet {
  static final String VERSION = "/v1/version";
  static final String WEB_UI = "/static/web-ui/bundled";

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>Patchbay</title></head>
      <body>
      <h1>Patchbay</h1>
      <p>The server runs. Its API is below <code>/v2</code> and described at
      <a href="/openapi">/openapi</a>; it works with the GNS3 desktop GUI and web UI.</p>
      </body>
      </html>
      """;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getServletPath()) {
      case VERSION ->
          answer(
              response,
              200,
              "application/json",
              Json.createObjectBuilder().add("version", ApiVersion.TEXT).build().toString());
      case WEB_UI -> answer(response, 200, "text/html; charset=utf-8", PAGE);
      default -> {
        // Not sendRedirect, which makes the address absolute and names the wrong host behind a
        // proxy.
        response.setHeader("Location", WEB_UI);
        answer(response, 302, "text/plain; charset=utf-8", "302: Found");
      }
    }
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
