package io.patchbay.server.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The error page of both WARs: gives our body to errors that never reach JAX-RS. {@code web.xml}
 * names it for every status.
 */
@WebServlet(urlPatterns = "/__error", asyncSupported = true)
public class ErrorServlet extends HttpServlet {

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    // Asked for by its own address, the page does not exist.
    int status = code instanceof Integer known ? known : 404;
    Answers.error(response, status, StatusCodes.reason(status));
  }
}
