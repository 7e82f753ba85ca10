package io.patchbay.compute.notification;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.server.http.Answers;
import io.patchbay.server.http.FrontFilter;
import io.patchbay.server.http.NotificationServlet;
import io.patchbay.server.http.SocketRequests;
import io.patchbay.server.http.StatusCodes;
import io.patchbay.spi.ConsoleSource;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses WebSockets before the upgrade, where an answer can still say why, and leads the endless
 * streams to their servlet.
 */
public class SocketFilter implements Filter {
  private static final Pattern CONSOLE =
      Pattern.compile("/projects/([^/]+)/([^/]+)/nodes/([^/]+)/console/ws");
  private static final Pattern SOCKET = Pattern.compile("/notifications/ws|" + CONSOLE.pattern());

  private static final Pattern STREAM = Pattern.compile("/projects/([^/]+)/notifications");

  @Inject private ComputeLab lab;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!FrontFilter.requirePassed(request, response)) {
      return;
    }
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    String path = asked.getRequestURI().substring(asked.getContextPath().length());
    Matcher stream = STREAM.matcher(path);
    if (!stream.matches() && !SOCKET.matcher(path).matches()) {
      chain.doFilter(request, response);
      return;
    }
    if (!Answers.requireGet(asked, answer)) {
      return;
    }
    try {
      if (stream.matches()) {
        NotificationServlet.answer(
            asked, answer, lab.project(stream.group(1)).feed(), message -> true, () -> {});
        return;
      }
      Matcher console = CONSOLE.matcher(path);
      if (console.matches()) {
        requireConsole(console);
        SocketRequests.since(asked);
      }
      SocketRequests.require(asked);
      chain.doFilter(request, response);
    } catch (LabException refused) {
      Answers.error(answer, StatusCodes.http(refused.code()), refused.getMessage());
    }
  }

  private void requireConsole(Matcher path) {
    if (!(lab.project(path.group(1)).node(path.group(2), path.group(3))
        instanceof ConsoleSource console)) {
      throw LabException.notFound(StatusCodes.reason(404));
    }
    console.requireConsole();
  }
}
