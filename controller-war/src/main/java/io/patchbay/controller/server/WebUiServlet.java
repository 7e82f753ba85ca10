package io.patchbay.controller.server;

import io.patchbay.server.http.Answers;
import io.patchbay.server.http.StatusCodes;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The web UI: files that were built from {@code src/main/web} into {@code WEB-INF/web-ui}, kept in
 * memory, compressed too. Its page has an address without a slash at its end, as the API's clients
 * know it, and names its files relative to that.
 */
@WebServlet(urlPatterns = "/static/web-ui/*", asyncSupported = true)
public class WebUiServlet extends HttpServlet {
  static final String PAGE = "/static/web-ui/bundled";

  private static final String FILES = "/WEB-INF/web-ui";
  private static final Pattern NAME = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

  /**
   * Only what comes from this server runs or is loaded. Styles may be inline since terminals and
   * drawings make theirs while they run.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action"
          + " 'none'; frame-ancestors 'none'";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  private final Map<String, Asset> assets = new ConcurrentHashMap<>();

  /** A file as it goes out; compressed only where that makes it smaller. */
  private record Asset(String type, byte[] plain, Optional<byte[]> compressed) {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Answers.requireGet(request, response)) {
      return;
    }
    String path = Optional.ofNullable(request.getPathInfo()).orElse("");
    boolean page = path.equals("/bundled");
    String file = page ? "/index.html" : path;
    if (!NAME.matcher(file).matches()) {
      Answers.error(response, 404, StatusCodes.reason(404));
      return;
    }
    Optional<Asset> asset = find(file);
    if (asset.isEmpty()) {
      Answers.error(
          response, 404, page ? "This server was built without its web UI" : "No such file");
      return;
    }
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    // The names of files in assets change with their content; the page names them.
    boolean lasting = file.startsWith("/assets/");
    response.setHeader(
        "Cache-Control", lasting ? "private, max-age=31536000, immutable" : "no-cache");
    send(request, response, asset.get());
  }

  private static void send(HttpServletRequest request, HttpServletResponse response, Asset asset)
      throws IOException {
    String accepted = Optional.ofNullable(request.getHeader("Accept-Encoding")).orElse("");
    byte[] body = asset.plain();
    if (asset.compressed().isPresent()) {
      response.setHeader("Vary", "Accept-Encoding");
      if (accepted.contains("gzip")) {
        response.setHeader("Content-Encoding", "gzip");
        body = asset.compressed().get();
      }
    }
    response.setContentType(asset.type());
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Unknown names are not remembered: clients could fill the memory with them. */
  private Optional<Asset> find(String file) throws IOException {
    Asset known = assets.get(file);
    if (known != null) {
      return Optional.of(known);
    }
    try (InputStream in = getServletContext().getResourceAsStream(FILES + file)) {
      if (in == null) {
        return Optional.empty();
      }
      Asset read = asset(file, in.readAllBytes());
      assets.put(file, read);
      return Optional.of(read);
    }
  }

  private static Asset asset(String file, byte[] plain) throws IOException {
    String type =
        TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "application/octet-stream");
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
      gzip.write(plain);
    }
    boolean worth = small.size() < plain.length;
    return new Asset(type, plain, worth ? Optional.of(small.toByteArray()) : Optional.empty());
  }
}
