package io.patchbay.it;

import static io.patchbay.it.RolesServer.PASSWORD;
import static io.patchbay.it.RolesServer.SERVER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server by HTTPS, with the certificate that it made at its first start. */
class HttpsIT {
  private static final String BASE = "https://127.0.0.1:" + RolesServer.HTTPS_PORT;

  private static KeyStore store;
  private static HttpClient client;

  @BeforeAll
  static void trustItsCertificate() throws Exception {
    store =
        KeyStore.getInstance(SERVER.home().resolve("https.p12").toFile(), "changeit".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("patchbay", store.getCertificate("patchbay"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    client = HttpClient.newBuilder().sslContext(context).version(Version.HTTP_2).build();
  }

  private static HttpRequest.Builder request(String path) {
    byte[] both = ("ann:" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(URI.create(BASE + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    return client.send(
        request(path).method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  @Test
  void theCertificateIsTheServersOwn() throws Exception {
    HttpResponse<String> answer = send("GET", "/v2/version", "");
    assertEquals(200, answer.statusCode());
    assertArrayEquals(
        store.getCertificate("patchbay").getEncoded(),
        answer.sslSession().orElseThrow().getPeerCertificates()[0].getEncoded());
    assertTrue(answer.sslSession().get().getProtocol().matches("TLSv1\\.[23]"));
    assertFalse(answer.headers().firstValue("Strict-Transport-Security").isEmpty());
    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(SERVER.home().resolve("https.p12")));
    assertThrows(
        SSLException.class,
        () -> Api.HTTP.send(request("/v2/version").build(), BodyHandlers.ofString()));
  }

  @Test
  void aLabIsMadeByHttp2() throws Exception {
    HttpResponse<String> made = send("POST", "/v2/projects", "{\"name\": \"by-http-2\"}");
    assertEquals(Version.HTTP_2, made.version());
    assertEquals(201, made.statusCode(), made.body());
    String project =
        "/v2/projects/" + made.body().replaceFirst("(?s).*\"project_id\":\\s*\"([^\"]+).*", "$1");
    String large = "x".repeat(3_000_000);
    assertEquals(201, send("POST", project + "/files/a.txt", large).statusCode());
    HttpResponse<String> file = send("GET", project + "/files/a.txt", "");
    assertEquals(Version.HTTP_2, file.version());
    assertEquals(large, file.body());
    assertEquals(400, send("POST", project + "/nodes", "{").statusCode());
    assertEquals(404, send("GET", project + "/nodes/none", "").statusCode());
    assertEquals(204, send("DELETE", project, "").statusCode());
  }

  @Test
  void passwordsAreAskedForByHttp2Too() throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(BASE + "/v2/projects")).build(),
            BodyHandlers.ofString());
    assertEquals(Version.HTTP_2, answer.version());
    assertEquals(401, answer.statusCode());
    assertTrue(answer.headers().firstValue("WWW-Authenticate").isPresent());
  }

  @Test
  void notificationsComeByHttp2() throws Exception {
    HttpResponse<InputStream> stream =
        client.send(request("/v2/notifications").build(), BodyHandlers.ofInputStream());
    assertEquals(Version.HTTP_2, stream.version());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertTrue(lines.readLine().contains("ping"));
    } catch (IOException reset) {
      // Closing a stream that does not end resets it.
    }
  }

  /** What Java's client does by default, and curl if it is asked to. */
  @Test
  void plainHttpMayBeUpgradedToHttp2() throws Exception {
    HttpClient upgrading = HttpClient.newBuilder().version(Version.HTTP_2).build();
    HttpRequest request =
        request("/v2/projects")
            .uri(URI.create("http://127.0.0.1:" + SERVER.port() + "/v2/projects"))
            .POST(BodyPublishers.ofString("{\"name\": 7}"))
            .build();
    HttpResponse<String> answer = upgrading.send(request, BodyHandlers.ofString());
    assertEquals(Version.HTTP_2, answer.version());
    assertEquals(400, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("name"), answer.body());
  }

  @Test
  void webSocketsAreEncryptedToo() throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();
    byte[] both = ("ann:" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both))
            .buildAsync(
                URI.create(BASE.replace("https", "wss") + "/v2/notifications/ws"),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(
                      WebSocket from, CharSequence text, boolean last) {
                    first.complete(text.toString());
                    return null;
                  }
                })
            .get(30, TimeUnit.SECONDS);
    assertTrue(first.get(30, TimeUnit.SECONDS).contains("ping"));
    socket.abort();
  }
}
