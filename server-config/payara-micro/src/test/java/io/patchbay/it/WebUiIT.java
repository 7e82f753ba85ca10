package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The web UI: what its pages are served with, and its own end-to-end tests, which are TypeScript
 * beside it and drive Chromium. Pictures for the documentation are made with {@code
 * -Dpatchbay.pictures=DIRECTORY}.
 */
class WebUiIT {
  private static final String USER = "admin";
  private static final String PASSWORD = "sesame";

  /** Has the role that users have by themselves. */
  private static final String OTHER = "bob";

  private static final String AUTHORIZATION =
      "Basic "
          + Base64.getEncoder()
              .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));

  private static Server server;

  @BeforeAll
  static void start() {
    Path home = Path.of("target/home-web").toAbsolutePath();
    writeOther(home.resolve("users"));
    server =
        Server.start(
            home,
            "patchbay.vpcs.engine=embedded",
            "patchbay.auth=user,users-file",
            "patchbay.auth.user=" + USER,
            "patchbay.auth.password=" + PASSWORD);
  }

  private static void writeOther(Path users) {
    try {
      Files.createDirectories(users.getParent());
      Files.writeString(users, OTHER + ":" + RolesServer.HASH + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", AUTHORIZATION);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return Api.HTTP.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void theRootLeadsToThePagesAlsoBehindAProxy() throws Exception {
    HttpResponse<String> root = get("/");
    assertEquals(302, root.statusCode());
    assertEquals("/static/web-ui/bundled", root.headers().firstValue("Location").orElseThrow());
    assertEquals(
        "/labs/static/web-ui/bundled",
        get("/", "X-Forwarded-Prefix", "/labs").headers().firstValue("Location").orElseThrow());
    assertEquals(
        "/static/web-ui/bundled",
        get("/", "X-Forwarded-Prefix", "//elsewhere.example")
            .headers()
            .firstValue("Location")
            .orElseThrow());
  }

  @Test
  void pagesAreServedWithAStrictPolicyAndFilesAreKept() throws Exception {
    HttpResponse<String> page = get("/static/web-ui/bundled");
    assumeTrue(page.statusCode() == 200, "the server was built without its web UI");
    String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertTrue(policy.contains("default-src 'none'; script-src 'self';"), policy);
    assertEquals("no-cache", page.headers().firstValue("Cache-Control").orElseThrow());
    String script = page.body().replaceAll("(?s).*src=\"\\./(assets/[^\"]+\\.js)\".*", "$1");
    HttpResponse<String> file = get("/static/web-ui/" + script);
    assertEquals(200, file.statusCode(), script);
    assertEquals(
        "text/javascript; charset=utf-8",
        file.headers().firstValue("Content-Type").orElseThrow().replace(";charset", "; charset"));
    assertTrue(
        file.headers().firstValue("Cache-Control").orElseThrow().contains("immutable"), script);
    for (String nothing : List.of("assets/none.js", "assets", "../WEB-INF/web.xml", ".hidden")) {
      assertEquals(404, get("/static/web-ui/" + nothing).statusCode(), nothing);
    }
  }

  @Test
  void nobodySeesThePagesWithoutAPassword() throws Exception {
    for (String path : List.of("/", "/static/web-ui/bundled", "/static/web-ui/assets/x.js")) {
      URI address = URI.create("http://127.0.0.1:" + server.port() + path);
      HttpResponse<String> refused =
          Api.HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
      assertEquals(401, refused.statusCode(), path);
    }
  }

  @Test
  void usersDoTheirWorkInARealBrowser() throws Exception {
    assumeTrue(BrowserTests.canRun(), "Chromium, npm or the web UI's test libraries are not there");
    assertEquals(200, get("/static/web-ui/bundled").statusCode(), "built without the web UI");
    Map<String, String> environment = new HashMap<>();
    environment.put("PATCHBAY_USER", USER);
    environment.put("PATCHBAY_PASSWORD", PASSWORD);
    environment.put("PATCHBAY_OTHER", OTHER + ":" + RolesServer.PASSWORD);
    String pictures = System.getProperty("patchbay.pictures", "");
    if (!pictures.isEmpty()) {
      environment.put("PATCHBAY_PICTURES", pictures);
    }
    try (BrowserTests tests = BrowserTests.start(server, "web-ui-e2e", environment)) {
      tests.awaitSuccess();
    }
  }
}
