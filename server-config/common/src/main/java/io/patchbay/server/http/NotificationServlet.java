package io.patchbay.server.http;

import io.patchbay.server.event.EventFeed;
import io.patchbay.server.event.SocketWatcher;
import io.patchbay.server.event.Watcher;
import io.patchbay.server.machine.Machine;
import jakarta.json.JsonObject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Notifications as an endless answer, a JSON object a line. Not a JAX-RS resource, because JAX-RS
 * implementations buffer; filters of both WARs forward the API's routes here.
 */
@WebServlet(urlPatterns = NotificationServlet.PATH, asyncSupported = true)
public class NotificationServlet extends HttpServlet {
  static final String PATH = "/__notifications";
  private static final String STREAM = "io.patchbay.stream";

  private record Stream(EventFeed feed, Predicate<JsonObject> sight, Runnable whenLeft) {}

  /**
   * Leads a request here.
   *
   * @param sight see {@link Watcher#start}
   * @param whenLeft called once, after the client is gone
   */
  public static void answer(
      HttpServletRequest request,
      HttpServletResponse response,
      EventFeed feed,
      Predicate<JsonObject> sight,
      Runnable whenLeft)
      throws IOException, ServletException {
    request.setAttribute(STREAM, new Stream(feed, sight, whenLeft));
    request.getRequestDispatcher(PATH).forward(request, response);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() != DispatcherType.FORWARD
        || !(request.getAttribute(STREAM) instanceof Stream stream)) {
      Answers.error(response, 404, StatusCodes.reason(404));
      return;
    }
    response.setContentType("application/json");
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    Watcher.start(
        stream.feed(),
        new Lines(context, response.getOutputStream(), stream.whenLeft()),
        SocketWatcher.PING_INTERVAL,
        Machine::usage,
        stream.sight());
  }

  private record Lines(AsyncContext context, ServletOutputStream out, Runnable whenLeft)
      implements Watcher.Outlet {
    @Override
    public void send(String message) throws IOException {
      out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    @Override
    public void close() {
      Answers.complete(context);
      whenLeft.run();
    }
  }
}
