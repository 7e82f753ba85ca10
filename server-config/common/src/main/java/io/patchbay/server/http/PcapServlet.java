package io.patchbay.server.http;

import io.patchbay.spi.LabException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;

/**
 * Answers with a capture as it grows, each piece as soon as it is there. Not a JAX-RS resource,
 * because JAX-RS implementations buffer; filters of both WARs forward the API's routes here.
 */
@WebServlet(urlPatterns = PcapServlet.PATH, asyncSupported = true)
public class PcapServlet extends HttpServlet {
  static final String PATH = "/__pcap";

  private static final String CAPTURE = "io.patchbay.capture";
  private static final int PIECE = 64 * 1024;

  /** Opens the capture; may wait, since it is called on a thread of its own. */
  private record Capture(Callable<InputStream> opener) {}

  /**
   * Leads a request here.
   *
   * @param opener opens the capture, or refuses with a {@link LabException}; it may wait
   */
  public static void answer(
      HttpServletRequest request, HttpServletResponse response, Callable<InputStream> opener)
      throws IOException, ServletException {
    request.setAttribute(CAPTURE, new Capture(opener));
    request.getRequestDispatcher(PATH).forward(request, response);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() != DispatcherType.FORWARD
        || !(request.getAttribute(CAPTURE) instanceof Capture capture)) {
      Answers.error(response, 404, StatusCodes.reason(404));
      return;
    }
    Connection client = Connection.of(request);
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    Blocking.call(
        () -> {
          try {
            send(capture, client, response);
          } finally {
            Answers.complete(context);
          }
          return null;
        });
  }

  private static void send(Capture capture, Connection client, HttpServletResponse response)
      throws IOException {
    try (InputStream in = capture.opener().call();
        ClientWatch _ = new ClientWatch(client, in)) {
      response.setContentType("application/vnd.tcpdump.pcap");
      ServletOutputStream out = response.getOutputStream();
      byte[] piece = new byte[PIECE];
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        out.write(piece, 0, length);
        out.flush();
      }
    } catch (LabException refused) {
      Answers.error(response, StatusCodes.http(refused.code()), refused.getMessage());
    } catch (IOException clientLeft) {
      // Or the capture broke off: either way the answer cannot go on.
    } catch (Exception unforeseen) {
      throw new IllegalStateException(unforeseen);
    }
  }
}
