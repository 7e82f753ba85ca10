package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page that another server serves uses the API in a real browser, which refuses whatever CORS
 * does not allow. The page reports to the server that it came from.
 */
class BrowserIT {
  @TempDir private Path profile;

  @Test
  void aPageOfAnAllowedOriginUsesRequestsNotificationsAndConsoles() throws Exception {
    Installed.require("chromium");
    Installed.requireVpcs();
    CompletableFuture<String> reported = new CompletableFuture<>();
    InetSocketAddress origin =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Servers.ORIGIN_PORT);
    HttpServer pages = HttpServer.create(origin, 0);
    pages.createContext("/", exchange -> answer(exchange, reported));
    pages.start();
    String page =
        "http://127.0.0.1:%d/?api=http://127.0.0.1:%d"
            .formatted(origin.getPort(), Servers.shared().port());
    try {
      Process browser = browse(page);
      try {
        check(parse(reported.get(120, TimeUnit.SECONDS)));
      } finally {
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly().waitFor();
      }
    } finally {
      pages.stop(0);
    }
  }

  private static void check(JsonObject results) {
    assertFalse(results.containsKey("failure"), results.toString());
    assertEquals("2.2.60", results.getString("version"));
    for (String step : new String[] {"ping", "created", "started", "console"}) {
      assertTrue(results.getBoolean(step), step);
    }
    assertEquals(7, results.getInt("put"));
    assertEquals(404, results.getJsonObject("missing").getInt("status"));
    assertEquals(400, results.getJsonObject("invalid").getInt("status"));
    assertEquals(204, results.getInt("deleted"));
  }

  private Process browse(String page) throws IOException {
    return new ProcessBuilder(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            page)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void answer(HttpExchange exchange, CompletableFuture<String> reported)
      throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("POST")) {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(204, -1);
        reported.complete(new String(body, StandardCharsets.UTF_8));
        return;
      }
      try (InputStream page = BrowserIT.class.getResourceAsStream("browser.html")) {
        byte[] content = page.readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
      }
    }
  }

  private static JsonObject parse(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
