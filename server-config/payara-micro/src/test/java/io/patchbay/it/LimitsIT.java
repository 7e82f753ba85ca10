package io.patchbay.it;

import static io.patchbay.it.RolesServer.PASSWORD;
import static io.patchbay.it.RolesServer.SERVER;
import static io.patchbay.it.RolesServer.addPc;
import static io.patchbay.it.RolesServer.as;
import static io.patchbay.it.RolesServer.create;
import static io.patchbay.it.RolesServer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.testkit.Deadline;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** How much users may have and send, and what they are told when that is too much. */
class LimitsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MIB = 1 << 20;

  private static void assertRefused(Api.Answer answer, int status, String words) {
    assertEquals(status, answer.status(), answer.response().body());
    assertTrue(answer.object().getString("message").contains(words), answer.response().body());
  }

  @Test
  void nodesOfAnIdleProjectAreStoppedWithNotice() throws Exception {
    String project = create("ann", "idle-lab");
    String pc = addPc("ann", project);
    assertEquals(200, status("ann", "POST", pc + "/start"));
    try (Listener events = as("ann").listen(project + "/notifications/ws")) {
      events.await(text -> text.contains("unless somebody uses it"), PATIENCE);
      assertEquals("started", as("ann").call("GET", pc, "").object().getString("status"));
      String heard = events.await(text -> text.contains("were stopped, because nobody"), PATIENCE);
      assertTrue(heard.contains("log.warning"), heard);
    }
    assertEquals("stopped", as("ann").call("GET", pc, "").object().getString("status"));
    assertEquals(204, status("ann", "DELETE", project));
  }

  @Test
  void projectsAndMemoryAreLimited() throws Exception {
    List<String> projects = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      projects.add(create("bob", "limited-" + i));
    }
    assertRefused(
        as("bob").call("POST", "/v2/projects", "{\"name\": \"limited-6\"}"),
        409,
        "The limit of projects of bob is 5");
    String machine =
        as("bob")
            .post(
                projects.getFirst() + "/nodes",
                "{\"name\": \"VM\", \"node_type\": \"qemu\", \"compute_id\": \"local\","
                    + " \"properties\": {\"ram\": 65, \"platform\": \"x86_64\"}}")
            .getString("node_id");
    assertRefused(
        as("bob").call("POST", projects.getFirst() + "/nodes/" + machine + "/start", ""),
        409,
        "The running nodes of bob may have 64 MiB of memory together");
    for (String project : projects) {
      assertEquals(204, status("bob", "DELETE", project));
    }
  }

  @Test
  void filesAreLimited() throws Exception {
    String project = create("bob", "full-lab");
    String pc = addPc("bob", project);
    String words = "The projects of bob may take 2 MiB of disk together";
    assertEquals(201, as("bob").bytes("POST", project + "/files/a", new byte[MIB]).statusCode());
    for (String file : List.of(project + "/files/b", pc + "/files/b")) {
      assertRefused(as("bob").call("POST", file, "x".repeat(MIB + 1)), 409, words);
      assertEquals(404, status("bob", "GET", file));
    }
    for (String file : List.of(project + "/files/b", pc + "/files/b")) {
      String refused =
          new String(
              as("bob").stream("POST", file, chunked(MIB + 1)).body(), StandardCharsets.UTF_8);
      assertTrue(refused.contains(words), "of unknown length: " + refused);
      assertEquals(404, status("bob", "GET", file));
    }
    // The compute takes a moment to throw away what it got of the last one.
    Deadline.await("room", () -> fits(project + "/files/c", MIB - 20_000));
    assertRefused(as("bob").call("POST", project + "/snapshots", "{\"name\": \"s\"}"), 409, words);
    assertEquals(0, as("bob").call("GET", project + "/snapshots", "").array().size());
    assertRefused(as("bob").call("POST", project + "/duplicate", "{\"name\": \"d\"}"), 409, words);
    byte[] archive = as("bob").bytes("GET", project + "/export", new byte[0]).body();
    String other = "/v2/projects/11111111-2222-4333-8444-000000000778";
    assertEquals(409, as("bob").bytes("POST", other + "/import", archive).statusCode());
    assertEquals(404, status("root", "GET", other));
    assertEquals(1, as("bob").call("GET", "/v2/projects", "").array().size());
    assertEquals(204, status("bob", "DELETE", project));
  }

  @Test
  void whoTakesTooMuchDiskWhileALabRunsIsTold() throws Exception {
    String project = create("bob", "growing-lab");
    String pc = addPc("bob", project);
    assertEquals(200, status("bob", "POST", pc + "/start"));
    String words = "The projects of bob take 3 MiB of disk, and may take 2 MiB.";
    try (Listener events = as("bob").listen(project + "/notifications/ws")) {
      events.await(text -> text.contains("ping"), PATIENCE);
      assertTrue(use("bob").isNull("notice"));
      Path directory = SERVER.home().resolve(project.replace("/v2/", ""));
      Files.write(directory.resolve("grown"), new byte[3 * MIB]);
      String heard = events.await(text -> text.contains(words), PATIENCE);
      assertTrue(heard.contains("log.warning"), heard);
    }
    assertTrue(use("bob").getString("notice").startsWith(words));
    assertEquals(3, use("bob").getJsonObject("use").getJsonObject("disk").getInt("used"), "in MiB");
    assertEquals(200, status("bob", "POST", pc + "/stop"));
    assertRefused(as("bob").call("POST", pc + "/start", ""), 409, "may take 2 MiB of disk");
    assertEquals(204, status("bob", "DELETE", project));
    assertTrue(use("bob").isNull("notice"));
  }

  private static JsonObject use(String user) throws Exception {
    return as(user).call("GET", "/v2/patchbay/use", "").object();
  }

  private static boolean fits(String file, int size) {
    try {
      return as("bob").bytes("POST", file, new byte[size]).statusCode() == 201;
    } catch (IOException | InterruptedException broken) {
      throw new AssertionError(broken);
    }
  }

  private static BodyPublisher chunked(int size) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[size]));
  }

  @Test
  void bodiesThatAreTooLargeAreRefused() throws Exception {
    String project = create("ann", "large-bodies");
    String body = "{\"name\": \"" + "n".repeat(65 * MIB) + "\"}";
    assertRefused(as("ann").call("POST", project + "/nodes", body), 413, "too large");
    String head =
        """
        POST %s/files/large HTTP/1.1\r
        Host: 127.0.0.1\r
        Connection: close\r
        Authorization: Basic %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(
                project,
                Base64.getEncoder()
                    .encodeToString(("ann:" + PASSWORD).getBytes(StandardCharsets.UTF_8)),
                RolesServer.UPLOAD_MAX_BYTES + 1);
    assertEquals("HTTP/1.1 413", RawRequest.beginning(SERVER.port(), head));
    assertEquals(404, status("ann", "GET", project + "/files/large"));
    assertEquals(204, status("ann", "DELETE", project));
  }

  @Test
  void headersThatAreTooLargeAreRefused() throws Exception {
    for (String header :
        List.of("X-Large: " + "x".repeat(20_000) + "\r\n", "X-Many: x\r\n".repeat(200))) {
      String answer =
          RawRequest.exchange(
              SERVER.port(), "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header + "\r\n");
      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
    }
    assertEquals(200, SERVER.api().call("GET", "/health/live", "").status());
  }

  @Test
  void aUserHasSoManySocketsAndStreamsAtOnce() throws Exception {
    List<Listener> open = new ArrayList<>();
    try {
      for (int i = 0; i < RolesServer.REQUESTS_PER_USER; i++) {
        open.add(as("bob").listen("/v2/notifications/ws"));
        open.getLast().await(text -> text.contains("ping"), PATIENCE);
      }
      Api.Answer refused = as("bob").call("GET", "/v2/version", "");
      assertRefused(refused, 429, "too many requests");
      assertFalse(refused.header("Retry-After").isEmpty());
      assertEquals(200, status("ann", "GET", "/v2/version"), "nobody else is concerned");
      open.removeLast().close();
      Deadline.await("room for one", () -> answers("bob"));
    } finally {
      open.forEach(Listener::close);
    }
    Deadline.await("room for all", () -> answers("bob"));
  }

  private static boolean answers(String user) {
    try {
      return status(user, "GET", "/v2/version") == 200;
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void anArchiveBringsImagesForThoseOnlyWhoMayAddThem() throws Exception {
    String project = create("ann", "with-image");
    byte[] archive = withImage(as("ann").bytes("GET", project + "/export", new byte[0]).body());
    AtomicInteger number = new AtomicInteger(780);
    for (String user : List.of("ann", "tom")) {
      String imported = "/v2/projects/11111111-2222-4333-8444-000000000" + number.incrementAndGet();
      assertEquals(201, as(user).bytes("POST", imported + "/import", archive).statusCode());
      String images = as(user).call("GET", "/v2/computes/local/qemu/images", "").response().body();
      assertEquals(user.equals("tom"), images.contains("brought.img"), images);
      assertEquals(404, status(user, "GET", imported + "/files/images/QEMU/brought.img"));
      assertEquals(204, status(user, "DELETE", imported));
    }
    assertEquals(204, status("ann", "DELETE", project));
  }

  private static byte[] withImage(byte[] archive) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        zip.putNextEntry(new ZipEntry(entry.getName()));
        in.transferTo(zip);
      }
      zip.putNextEntry(new ZipEntry("images/QEMU/brought.img"));
      zip.write(new byte[1000]);
    }
    return out.toByteArray();
  }
}
