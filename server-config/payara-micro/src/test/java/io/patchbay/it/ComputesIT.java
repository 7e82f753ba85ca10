package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several computes: links across them, one that is killed and comes back, one that hangs. */
class ComputesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Api api = Servers.shared().api();
  private String project = "";

  @BeforeEach
  void createProject() throws Exception {
    JsonObject created =
        api.post("/v2/projects", "{\"name\": \"it-computes\", \"auto_close\": false}");
    project = "/v2/projects/" + created.getString("project_id");
  }

  @AfterEach
  void cleanUp() throws Exception {
    api.call("DELETE", project, "");
    api.call("DELETE", "/v2/computes/far", "");
  }

  private static void requireVpcs() {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "vpcs"))),
        "the program vpcs is not installed");
  }

  private JsonObject register(int port) throws Exception {
    return api.post(
        "/v2/computes",
        ("{\"compute_id\": \"far\", \"name\": \"far\", \"protocol\": \"http\",\"host\":"
                + " \"127.0.0.1\", \"port\": %d, \"user\": \"me\", \"password\": \"sesame\"}")
            .formatted(port));
  }

  private String addPc(String name, String compute, String address) throws Exception {
    return api.post(
            project + "/nodes",
            "{\"name\": \"%s\", \"node_type\": \"vpcs\", \"compute_id\": \"%s\","
                    .formatted(name, compute)
                + "\"properties\": {\"startup_script\": \"ip %s/24\\n\"}}".formatted(address))
        .getString("node_id");
  }

  private JsonObject node(String nodeId) throws Exception {
    return api.call("GET", project + "/nodes/" + nodeId, "").object();
  }

  private static boolean hasProblem(JsonObject node) {
    return node.getJsonObject("properties").containsKey("problem");
  }

  private JsonObject await(String nodeId, Predicate<JsonObject> wanted) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonObject now = node(nodeId);
    while (!wanted.test(now)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the node is still " + now);
      }
      now = node(nodeId);
    }
    return now;
  }

  private void ping(String fromNodeId, String address) throws Exception {
    String console = project + "/nodes/" + fromNodeId + "/console/ws";
    try (Listener terminal = new Listener(api.socket(console))) {
      terminal.ask(
          "ping " + address + " -c 1",
          text -> text.contains(address + " icmp_seq=1 ttl="),
          PATIENCE);
    }
  }

  @Test
  void aKilledComputeIsTakenUpAgainAndItsLinkCarriesFrames() throws Exception {
    requireVpcs();
    Server far = Servers.local();
    JsonObject compute = register(far.port());
    assertTrue(compute.getBoolean("connected"), compute.toString());
    assertFalse(compute.toString().contains("sesame"), "a password is never shown");
    String here = addPc("PC1", "local", "10.8.0.1");
    String there = addPc("PC2", "far", "10.8.0.2");
    api.post(
        project + "/links",
        ("{\"nodes\": [{\"node_id\": \"%s\", \"adapter_number\": 0, \"port_number\": 0},"
                + "{\"node_id\": \"%s\", \"adapter_number\": 0, \"port_number\": 0}]}")
            .formatted(here, there));
    api.post(project + "/nodes/start", "");
    ping(here, "10.8.0.2");

    far.kill();
    await(there, ComputesIT::hasProblem);
    assertFalse(hasProblem(node(here)));
    assertFalse(api.call("GET", "/v2/computes/far", "").object().getBoolean("connected"));
    Api.Answer refused = api.call("POST", project + "/nodes/" + there + "/start", "");
    assertEquals(409, refused.status());
    assertTrue(refused.object().getString("message").contains("far"));
    String other = addPc("PC3", "local", "10.8.0.3");
    assertEquals(
        "started", api.post(project + "/nodes/" + other + "/start", "").getString("status"));

    far.restart();
    await(there, known -> !hasProblem(known));
    assertEquals(200, api.call("POST", project + "/nodes/" + there + "/start", "").status());
    ping(here, "10.8.0.2");
    far.stop();
    // Absent again: closing and opening do without it, and nothing is lost.
    api.post(project + "/close", "");
    api.post(project + "/open", "");
    assertEquals(3, api.call("GET", project + "/nodes", "").array().size());
    assertEquals(1, api.call("GET", project + "/links", "").array().size());
  }

  @Test
  void aComputeThatHangsDelaysNobodyElse() throws Exception {
    requireVpcs();
    // Connections are accepted by the system's backlog, and nobody ever answers.
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      register(mute.getLocalPort());
      long before = System.nanoTime();
      String here = addPc("PC1", "local", "10.8.1.1");
      api.post(project + "/nodes/" + here + "/start", "");
      assertEquals("started", node(here).getString("status"));
      Api.Answer refused =
          api.call(
              "POST",
              project + "/nodes",
              "{\"name\": \"PC2\", \"node_type\": \"vpcs\", \"compute_id\": \"far\"}");
      assertEquals(409, refused.status(), refused.response().body());
      Duration took = Duration.ofNanos(System.nanoTime() - before);
      assertTrue(took.compareTo(PATIENCE) < 0, "a request must not wait for its own timeout");
    }
  }

  @Test
  void passwordsAreKeptInAFileOfTheOwnersOnly() throws Exception {
    register(9);
    Path file = Servers.shared().home().resolve("configs/computes.json");
    assertEquals(
        Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE),
        Files.getPosixFilePermissions(file));
    assertTrue(Files.readString(file).contains("sesame"));
    JsonObject absent = api.call("GET", "/v2/computes/far", "").object();
    assertFalse(absent.containsKey("password"));
    assertEquals(JsonValue.NULL, absent.get("last_error"));
    assertEquals(409, api.call("DELETE", "/v2/computes/local", "").status());
    assertEquals(204, api.call("DELETE", "/v2/computes/nobody", "").status());
    assertEquals(204, api.call("DELETE", "/v2/computes/far", "").status());
    assertFalse(Files.readString(file).contains("sesame"));
  }

  @Test
  void filesOfNodesOnAnotherComputeTravelAndGoWithTheirProject() throws Exception {
    Server far = Servers.embedded();
    register(far.port());
    String pc = addPc("PC1", "far", "10.8.2.1");
    String file = "/nodes/" + pc + "/files/notes.txt";
    assertEquals(201, api.call("POST", project + file, "of PC1").status());
    byte[] archive = api.bytes("GET", project + "/export?keep_compute_ids=yes", new byte[0]).body();

    String copyId = "11111111-2222-4333-8444-000000000407";
    String copy = "/v2/projects/" + copyId;
    assertEquals(
        201,
        api.bytes("POST", copy + "/import?name=it-copy&keep_compute_ids=yes", archive)
            .statusCode());
    api.post(copy + "/open", "");
    JsonObject copied = api.call("GET", copy + "/nodes", "").array().getJsonObject(0);
    assertEquals("far", copied.getString("compute_id"));
    String copiedFile = copy + "/nodes/" + copied.getString("node_id") + "/files/notes.txt";
    assertEquals("of PC1", api.call("GET", copiedFile, "").response().body());
    assertEquals(404, api.call("GET", copiedFile + ".old", "").status());

    Path files = far.home().resolve("projects");
    String id = project.substring(project.lastIndexOf('/') + 1);
    assertTrue(Files.exists(files.resolve(id)) && Files.exists(files.resolve(copyId)));
    assertEquals(204, api.call("DELETE", copy, "").status());
    assertFalse(Files.exists(files.resolve(copyId)), "deleted while it was open");
    api.post(project + "/close", "");
    assertEquals(204, api.call("DELETE", project, "").status());
    assertFalse(Files.exists(files.resolve(id)), "deleted while it was closed");
  }
}
