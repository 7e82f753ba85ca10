package io.patchbay.server.http;

import jakarta.servlet.AsyncContext;
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
    response.setStatus(status);
    write(response, ErrorBody.of(status, message).toString());
  }

  /**
   * Ends the connection after this answer: for those whom nobody knows, who could ask again and
   * again by one connection and read nothing until the answers hold a thread, and for those whose
   * bodies are not waited for. By HTTP/2 that is for the server to see to.
   */
  static void last(HttpServletRequest request, HttpServletResponse response) {
    if (request.getProtocol().startsWith("HTTP/1")) {
      response.setHeader("Connection", "close");
    }
  }

  /** Ends an asynchronous answer; harmless if the server has ended it. */
  static void complete(AsyncContext context) {
    try {
      context.complete();
    } catch (IllegalStateException over) {
      // The client has left.
    }
  }

  /**
   * Sends what a route has to say.
   *
   * @param route its pattern, such as {@code /v2/projects/{project_id}}
   */
  public static void json(HttpServletResponse response, String route, String text)
      throws IOException {
    route(response, route);
    write(response, text);
  }

  /** Names the route that answers, by its pattern. */
  public static void route(HttpServletResponse response, String pattern) {
    response.setHeader(RouteFilter.HEADER, pattern);
  }

  private static void write(HttpServletResponse response, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
