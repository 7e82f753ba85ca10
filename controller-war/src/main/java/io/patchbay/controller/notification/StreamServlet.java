package io.patchbay.controller.notification;

import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectLifecycle;
import io.patchbay.server.event.EventFeed;
import io.patchbay.server.event.Watcher;
import io.patchbay.server.http.Answers;
import io.patchbay.server.http.StatusCodes;
import io.patchbay.server.machine.Machine;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Notifications as an endless answer, a JSON object a line. Not a JAX-RS resource, because JAX-RS
 * implementations buffer; {@link SocketFilter} forwards the API's routes here.
 */
@WebServlet(urlPatterns = StreamServlet.PATH, asyncSupported = true)
public class StreamServlet extends HttpServlet {
  static final String PATH = "/__notifications";

  /** Request attribute: the project that is watched; absent for the whole server. */
  static final String PROJECT = "io.patchbay.project";

  static final Duration PING_INTERVAL = Duration.ofSeconds(5);

  @Inject private transient Feeds feeds;
  @Inject private transient ProjectLifecycle lifecycle;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() != DispatcherType.FORWARD) {
      Answers.error(response, 404, StatusCodes.reason(404));
      return;
    }
    Object project = request.getAttribute(PROJECT);
    EventFeed feed = project instanceof Project one ? one.feed() : feeds.controller();
    response.setContentType("application/json");
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    Watcher.start(
        feed,
        new Lines(context, response.getOutputStream(), () -> left(project)),
        PING_INTERVAL,
        Machine::usage);
  }

  private void left(Object project) {
    if (project instanceof Project one) {
      lifecycle.watcherLeft(one);
    }
  }

  private record Lines(AsyncContext context, ServletOutputStream out, Runnable left)
      implements Watcher.Outlet {
    @Override
    public void send(String message) throws IOException {
      out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    @Override
    public void close() {
      try {
        context.complete();
      } catch (IllegalStateException over) {
        // The server ended the request itself.
      }
      left.run();
    }
  }
}
