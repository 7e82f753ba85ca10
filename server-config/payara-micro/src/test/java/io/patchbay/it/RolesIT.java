package io.patchbay.it;

import static io.patchbay.it.RolesServer.PASSWORD;
import static io.patchbay.it.RolesServer.SERVER;
import static io.patchbay.it.RolesServer.as;
import static io.patchbay.it.RolesServer.create;
import static io.patchbay.it.RolesServer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.it.RouteTrial.Standing;
import io.patchbay.testkit.Deadline;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may do what on a running server: every route of both WARs for everybody. */
class RolesIT {
  private static String anns;

  @BeforeAll
  static void makeAProject() throws Exception {
    anns = create("ann", "anns-lab");
  }

  @AfterAll
  static void deleteIt() throws Exception {
    status("ann", "DELETE", anns);
  }

  private static String id() {
    return RouteTrial.id(anns);
  }

  @Test
  void everyRouteAnswersEachRoleAsTheTableSays() throws Exception {
    assertEquals(Set.of(), RouteTrial.wrong("nobody", Standing.NONE, "ann"));
    assertEquals(Set.of(), RouteTrial.wrong("eve", Standing.AUDITOR, "ann"));
    assertEquals(Set.of(), RouteTrial.wrong("bob", Standing.STRANGER, "ann"));
    assertEquals(Set.of(), RouteTrial.wrong("ann", Standing.OWNER, "ann"));
    assertEquals(Set.of(), RouteTrial.wrong("tom", Standing.INSTRUCTOR, "ann"));
    assertEquals(Set.of(), RouteTrial.wrong("root", Standing.ADMINISTRATOR, "ann"));
  }

  @Test
  void anInstructorMayAllButWhatIsTheOwnersOrTheServers() throws Exception {
    assertEquals(200, status("tom", "GET", anns));
    assertEquals(200, as("tom").call("PUT", anns, "{\"zoom\": 90}").status());
    for (String refused :
        List.of(
            "DELETE " + anns,
            "PUT " + anns + "/access",
            "POST /v2/shutdown",
            "POST /v2/reload",
            "GET /v2/iou_license",
            "DELETE /v2/computes/local",
            "GET /v2/computes/local/projects/x",
            "GET /v2/compute/projects",
            "GET /metrics")) {
      String[] parts = refused.split(" ");
      assertEquals(403, status("tom", parts[0], parts[1]), refused);
    }
    String bobs = create("bob", "bobs-lab");
    assertEquals(404, status("tom", "GET", bobs), "students are no course");
    assertEquals(204, status("bob", "DELETE", bobs));
  }

  @Test
  void everyRouteWantsAPassword() throws Exception {
    Set<String> open = new TreeSet<>();
    for (RouteTrial.Route route : RouteTrial.routes()) {
      if (SERVER.api().call(route.method(), route.filled(id()), "").status() != 401) {
        open.add(route.method() + " " + route.path());
      }
    }
    open.remove("GET /health/started");
    assertEquals(Set.of("GET /health", "GET /health/live", "GET /health/ready"), open);
  }

  @Test
  void whatIsNotInTheTableIsNobodys() throws Exception {
    for (String path :
        List.of(
            "/v2/nowhere",
            "/v2/Projects",
            "/v2/pro%6Aects",
            "/v2/projects;x=1",
            anns.replace("/v2", "/v2/.") + "/nodes",
            anns + ";x=1/nodes",
            anns.replaceFirst("-", "%2d") + "/nodes",
            "/__notifications",
            "/__pcap",
            "/__error")) {
      assertEquals(404, status("bob", "GET", path), path);
    }
    assertEquals(405, status("bob", "DELETE", "/v2/projects"));
    assertEquals(404, status("bob", "GET", "/v2/projects/load"));
  }

  @Test
  void theAuditLogTellsWhoDidWhatAndNoSecret() throws Exception {
    String project = create("ann", "audited");
    String id = project.substring(project.lastIndexOf('/') + 1);
    assertEquals(404, status("bob", "DELETE", project));
    assertEquals(403, status("eve", "POST", project + "/close?token=hush"));
    assertEquals(401, SERVER.api().as("ann", "guessed").call("GET", project, "").status());
    assertEquals(204, status("ann", "DELETE", project));
    List<JsonObject> lines = audited(id, 5);
    assertEquals(
        List.of("ann POST 201", "bob DELETE 404", "eve POST 403", "- GET 401", "ann DELETE 204"),
        lines.stream()
            .map(
                line ->
                    line.getString("user", "-")
                        + " "
                        + line.getString("method")
                        + " "
                        + line.getInt("status"))
            .toList());
    assertEquals("127.0.0.1", lines.getFirst().getString("address"));
    assertEquals("user", lines.getFirst().getString("role"));
    String all = Files.readString(SERVER.home().resolve("audit/audit.log"));
    for (String secret : List.of(PASSWORD, "hush", "guessed")) {
      assertFalse(all.contains("\"" + secret) || all.contains("=" + secret), secret);
    }
  }

  /** What the log has of a project, once it has that many lines of it. */
  private static List<JsonObject> audited(String id, int count) {
    return Deadline.find(
        "lines of the audit log",
        () -> {
          try {
            List<JsonObject> lines =
                Files.readAllLines(SERVER.home().resolve("audit/audit.log")).stream()
                    .map(line -> Json.createReader(new StringReader(line)).readObject())
                    .filter(line -> line.getString("project", "").equals(id))
                    .toList();
            return Optional.of(lines).filter(found -> found.size() >= count);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void aComputeRefusesAllButItsController() throws Exception {
    assertEquals(403, status("root", "GET", "/v2/compute/version"));
    String secret = Files.readString(SERVER.home().resolve("run/local-secret"));
    Api controller = SERVER.api().as("controller", secret);
    assertEquals(200, controller.call("GET", "/v2/compute/version", "").status());
    assertEquals(403, controller.call("GET", "/v2/projects", "").status());
    assertEquals(404, controller.call("GET", anns, "").status());
  }

  @Test
  void whoCallsCanBeAsked() throws Exception {
    JsonObject tom = as("tom").call("GET", "/v2/patchbay/caller", "").object();
    assertEquals("tom", tom.getString("name"));
    assertEquals("instructor", tom.getString("role"));
    assertEquals(2, tom.getJsonArray("groups").size());
    JsonObject shared = Servers.shared().api().call("GET", "/v2/patchbay/caller", "").object();
    assertEquals("administrator", shared.getString("role"));
    assertTrue(shared.isNull("name"));
  }
}
