package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.testkit.Slapd;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that asks who calls, with users of every kind. */
class AuthIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ORIGIN = "http://127.0.0.1:4200";
  private static final String NOBODY = "/v2/projects/11111111-2222-4333-8444-000000000707";

  /** Of the password {@code filed}. */
  private static final String HASH =
      "PBKDF2WithHmacSHA512:100000:MDEyMzQ1Njc4OWFiY2RlZg==:zp+bRQOQSMkVrq6+s2VXNYiP92NBIIGaBqODQdRm"
          + "7J9yxLwJOmj9Y11oWspadKcQ4L1fXmi2utVQJwAtVTUwfw==";

  private static final int HTTPS_PORT = Server.freePort();
  private static final String STORE_PASSWORD = "it's a \"lab\" for $5";

  @TempDir private static Path directory;
  private static Slapd slapd;
  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    slapd = Slapd.start(directory.resolve("slapd"));
    Path home = Path.of("target/home-auth").toAbsolutePath();
    Files.createDirectories(home);
    Files.writeString(home.resolve("users"), "filed:" + HASH + "\n");
    Path password = Files.writeString(directory.resolve("pw"), "AS_ADMIN_USERPASSWORD=realmpw\n");
    Files.writeString(
        home.resolve(Server.COMMANDS),
        "create-file-user --passwordfile " + password + " --groups lab realm\n");
    Keytool.make(directory.resolve("our lab.jks"), "JKS", "our lab", STORE_PASSWORD);
    server =
        Server.start(
            home,
            "patchbay.vpcs.engine=embedded",
            "patchbay.auth=user,users-file,ldap,container",
            "patchbay.auth.user=admin",
            "patchbay.auth.password=sesame",
            "patchbay.roles.auditor=realm",
            "patchbay.auth.address-failures=1000",
            "patchbay.https.port=" + HTTPS_PORT,
            "patchbay.https.key-store=" + directory.resolve("our lab.jks"),
            "patchbay.https.key-store-password=" + STORE_PASSWORD,
            "patchbay.ldap.urls=" + slapd.secureUrl(),
            "patchbay.ldap.trust-store=" + slapd.certificate(),
            "patchbay.ldap.bind-dn=" + Slapd.SERVICE,
            "patchbay.ldap.bind-password=" + Slapd.SERVICE_PASSWORD,
            "patchbay.ldap.user-base=ou=people," + Slapd.BASE);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (slapd != null) {
      slapd.close();
    }
  }

  @Test
  void httpsHasTheKeyThatIsConfiguredWhateverItsPassword() throws Exception {
    KeyStore store =
        KeyStore.getInstance(
            directory.resolve("our lab.jks").toFile(), STORE_PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + HTTPS_PORT + "/health/live"))
                  .build(),
              BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      assertEquals(
          store.getCertificate("our lab"),
          answer.sslSession().orElseThrow().getPeerCertificates()[0]);
    }
    assertFalse(server.log().contains(STORE_PASSWORD));
  }

  private static Api admin() {
    return server.api().as("admin", "sesame");
  }

  private static int status(String user, String password) throws Exception {
    return server.api().as(user, password).call("GET", "/v2/version", "").status();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "GET /v1/version",
        "GET /static/web-ui/",
        "GET /v2/version",
        "HEAD /v2/version",
        "POST /v2/projects",
        "GET /v2/nowhere",
        "PUT /v2/version",
        "GET /v2/notifications",
        "GET /v2/notifications/ws",
        "GET " + NOBODY + "/notifications",
        "GET " + NOBODY + "/notifications/ws",
        "GET " + NOBODY + "/export",
        "GET " + NOBODY + "/files/a",
        "GET " + NOBODY + "/nodes/x/console/ws",
        "GET " + NOBODY + "/links/x/pcap",
        "GET /v2/symbols/:/symbols/router.svg/raw",
        "GET /v2/computes/local/qemu/images",
        "GET /v2/compute/version",
        "GET /v2/compute/notifications/ws",
        "GET /v2/compute/nowhere",
        "GET /v2/compute/qemu/images/a",
        "GET /v2/compute/projects/x/files/a",
        "GET /v2/compute/projects/x/vpcs/nodes/y/console/ws",
        "GET /v2/compute/projects/x/vpcs/nodes/y/adapters/0/ports/0/pcap",
        "POST /v2/shutdown",
        "GET /openapi",
        "GET /metrics",
        "GET /metrics?scope=application",
        "GET /health/../metrics",
        "GET /health/ready/../../v2/version",
        "GET /health/ready;/../../metrics",
        "GET //health/ready",
        "GET /__notifications",
        "GET /__error"
      })
  void nobodyGetsAnythingWithoutAPassword(String asked) throws Exception {
    String[] parts = asked.split(" ");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + parts[1]))
            .method(parts[0], HttpRequest.BodyPublishers.noBody())
            .header("Origin", ORIGIN)
            .build();
    HttpResponse<String> refused = Api.HTTP.send(request, BodyHandlers.ofString());
    assertEquals(401, refused.statusCode(), refused.body());
    assertEquals(
        "Basic realm=\"Patchbay\", charset=\"UTF-8\"",
        refused.headers().firstValue("WWW-Authenticate").orElse(""));
    assertEquals(ORIGIN, refused.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
    if (!parts[0].equals("HEAD")) {
      JsonObject body = new Api.Answer(401, refused).object();
      assertEquals(401, body.getInt("status"));
      assertFalse(body.getString("message").isBlank());
    }
  }

  @Test
  void healthAndPreflightsAreOpen() throws Exception {
    for (String path : new String[] {"/health", "/health/live", "/health/ready"}) {
      assertEquals(200, server.api().call("GET", path, "").status(), path);
    }
    HttpRequest preflight =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v2/version"))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .headers(
                "Origin", ORIGIN,
                "Access-Control-Request-Method", "GET",
                "Access-Control-Request-Headers", "authorization")
            .build();
    HttpResponse<String> allowed = Api.HTTP.send(preflight, BodyHandlers.ofString());
    assertEquals(200, allowed.statusCode());
    assertEquals(
        "AUTHORIZATION", allowed.headers().firstValue("Access-Control-Allow-Headers").orElse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/version",
        "/v2/version",
        "/v2/projects",
        "/openapi",
        "/metrics",
        "/metrics?scope=application",
        "/health/ready"
      })
  void whoHasAPasswordGetsWhatIsThere(String path) throws Exception {
    Api.Answer answer = admin().call("GET", path, "");
    assertTrue(answer.status() < 400, path + ": " + answer.response().body());
  }

  @Test
  void usersOfEveryKindAreLetInAndStrangersAreNot() throws Exception {
    assertEquals(200, status("admin", "sesame"));
    assertEquals(200, status("filed", "filed"));
    assertEquals(200, status("ann", "annspw"));
    assertEquals(200, status("realm", "realmpw"));
    for (String user : new String[] {"admin", "filed", "ann", "realm", "stranger"}) {
      assertEquals(401, status(user, "wrong"), user);
      assertEquals(401, status(user, ""), user);
    }
  }

  @Test
  void aLocalUserWorksWhileTheDirectoryIsDown() throws Exception {
    slapd.stop();
    try {
      assertEquals(200, status("admin", "sesame"));
      assertEquals(200, status("filed", "filed"));
      Api.Answer unknown = server.api().as("bob", "bobspw").call("GET", "/v2/version", "");
      assertEquals(503, unknown.status());
      assertFalse(unknown.header("Retry-After").isEmpty());
      assertEquals(503, unknown.object().getInt("status"));
    } finally {
      slapd.start();
    }
    assertEquals(200, status("bob", "bobspw"));
  }

  @Test
  void guessingIsSlowedDownAndLoggedWithoutTheGuess() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertEquals(401, status("mallory", "guess-no-" + i));
    }
    // The time in which guesses are refused begins with a second, in which a busy server may answer
    // none; it doubles with each.
    Api.Answer refused;
    int more = 0;
    do {
      refused = server.api().as("Mallory", "guess").call("GET", "/v2/version", "");
    } while (refused.status() == 401 && ++more < 6);
    assertEquals(429, refused.status(), refused.response().body());
    assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
    assertEquals(429, refused.object().getInt("status"));
    assertTrue(server.log().contains("mallory"));
    assertFalse(server.log().contains("guess-no-"));
    assertFalse(server.log().contains("sesame"));
  }

  @Test
  void theSecretBetweenTheWarsIsItsOwnersAndInNoLog() throws Exception {
    Path secret = server.home().resolve("run/local-secret");
    assertEquals(
        PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(secret));
    assertFalse(server.log().contains(Files.readString(secret)));
  }

  @Test
  void aLabWorksFromEndToEnd() throws Exception {
    Api api = admin();
    assertTrue(api.call("GET", "/v2/computes/local", "").object().getBoolean("connected"));
    String project =
        "/v2/projects/"
            + api.post("/v2/projects", "{\"name\": \"it-auth\"}").getString("project_id");
    try (Listener events = api.listen(project + "/notifications/ws")) {
      String[] ids = new String[2];
      for (int i = 0; i < ids.length; i++) {
        ids[i] =
            api.post(
                    project + "/nodes",
                    ("{\"name\": \"PC\", \"node_type\": \"vpcs\", \"compute_id\": \"local\","
                            + "\"properties\": {\"startup_script\": \"ip 10.7.0.%d/24\\n\"}}")
                        .formatted(i + 1))
                .getString("node_id");
      }
      JsonObject link =
          api.post(
              project + "/links",
              """
              {"nodes": [{"node_id": "%s", "adapter_number": 0, "port_number": 0},
                         {"node_id": "%s", "adapter_number": 0, "port_number": 0}]}\
              """
                  .formatted(ids[0], ids[1]));
      String capture = project + "/links/" + link.getString("link_id");
      api.post(project + "/nodes/start", "");
      api.post(capture + "/start_capture", "{\"data_link_type\": \"DLT_EN10MB\"}");
      events.await(text -> text.contains("\"started\""), PATIENCE);
      String console = project + "/nodes/" + ids[0] + "/console/ws";
      try (Listener terminal = api.listen(console)) {
        terminal.ask("ping 10.7.0.2 -c 1", text -> text.contains("icmp_seq=1 ttl="), PATIENCE);
      }
      assertRefused(console);
      assertRefused(project + "/notifications/ws");
      assertStreams(api, project + "/notifications", "ping");
      HttpResponse<InputStream> pcap = api.stream(capture + "/pcap");
      try (InputStream content = pcap.body()) {
        assertEquals(200, pcap.statusCode());
        assertEquals(24, content.readNBytes(24).length, "the head of a capture file");
      }
      assertEquals(401, server.api().call("GET", capture + "/pcap", "").status());
    } finally {
      api.call("DELETE", project, "");
    }
  }

  private static void assertRefused(String socket) {
    ExecutionException refused =
        assertThrows(ExecutionException.class, () -> server.api().listen(socket));
    WebSocketHandshakeException handshake =
        assertInstanceOf(WebSocketHandshakeException.class, refused.getCause());
    assertEquals(401, handshake.getResponse().statusCode());
  }

  private static void assertStreams(Api api, String path, String wanted) throws Exception {
    HttpResponse<InputStream> stream = api.stream(path);
    assertEquals(200, stream.statusCode());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertTrue(lines.readLine().contains(wanted));
    }
  }

  @Test
  void anotherControllerReachesThisComputeByItsSecretAndNotAsAUser() throws Exception {
    Api other = Servers.shared().api();
    String compute =
        ("{\"compute_id\": \"guarded\", \"name\": \"guarded\", \"protocol\": \"http\", \"host\":"
            + " \"127.0.0.1\", \"port\": %d, \"user\": \"%s\", \"password\": \"%s\"}");
    String secret = Files.readString(server.home().resolve("run/local-secret"));
    try {
      assertTrue(
          other
              .post("/v2/computes", compute.formatted(server.port(), "controller", secret))
              .getBoolean("connected"));
      other.call("DELETE", "/v2/computes/guarded", "");
      assertFalse(
          other
              .post("/v2/computes", compute.formatted(server.port(), "admin", "sesame"))
              .getBoolean("connected"));
    } finally {
      other.call("DELETE", "/v2/computes/guarded", "");
    }
  }
}
