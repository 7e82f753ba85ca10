package io.patchbay.it;

import static io.patchbay.it.RolesServer.PASSWORD;
import static io.patchbay.it.RolesServer.SERVER;
import static io.patchbay.it.RolesServer.as;
import static io.patchbay.it.RolesServer.create;
import static io.patchbay.it.RolesServer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.testkit.Deadline;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may do what on a running server: every route of both WARs as every role. */
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

  private static final Pattern ROUTE = Pattern.compile("(?<method>[A-Z]+)\\s+(?<path>/\\S+)");

  /** Rules and routes are in the WARs; read from the sources, as the tables of this build. */
  private static List<String> lines(String war, String table) throws Exception {
    Path file = Path.of("../..", war, "src/main/resources/META-INF", table);
    return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }

  private record Asked(String method, String path, String needs) {}

  private static List<Asked> routes(String war) throws Exception {
    return lines(war, "access.txt").stream()
        .map(
            line ->
                new Object() {
                  final Matcher matcher = ROUTE.matcher(line);
                  final String needs = line.split("\\s")[0];
                })
        .filter(row -> row.matcher.find())
        .map(row -> new Asked(row.matcher.group("method"), row.matcher.group("path"), row.needs))
        .toList();
  }

  /** Addresses that are there as far as the rules go, and lead to nothing that could be harmed. */
  private static String filled(String path) {
    return path.replace("{project_id}", anns.substring(anns.lastIndexOf('/') + 1))
        .replaceAll("\\{emulator:(\\w+)[^}]*}", "$1")
        .replaceAll("\\{node_type}", "vpcs")
        .replaceAll("\\{\\w+_number}", "0")
        .replaceAll("\\{\\w+(:[^}]*)?}", "11111111-2222-4333-8444-000000000404");
  }

  /** What the rule says of a caller who has no right to the project: the reason, not the table. */
  private static Set<Integer> refusals(String role, String needs) {
    Set<Integer> refusals = new TreeSet<>();
    for (String need : needs.split("\\+")) {
      switch (need) {
        case "open" -> {}
        case "signed-in" -> refuse(refusals, 403, role, "none");
        case "audit" -> refuse(refusals, 403, role, "none", "user", "instructor");
        case "user" -> refuse(refusals, 403, role, "none", "auditor");
        case "instructor" -> refuse(refusals, 403, role, "none", "auditor", "user");
        case "administrator", "controller" ->
            refuse(refusals, 403, role, "none", "auditor", "user", "instructor");
        case "view" -> project(refusals, role, false);
        case "join", "operate", "edit", "own" -> project(refusals, role, !need.equals("join"));
        default -> throw new AssertionError(need);
      }
    }
    return refusals;
  }

  private static void refuse(Set<Integer> refusals, int status, String role, String... refused) {
    if (List.of(refused).contains(role)) {
      refusals.add(status);
    }
  }

  private static void project(Set<Integer> refusals, String role, boolean changes) {
    refuse(refusals, 403, role, "none");
    refuse(refusals, 404, role, "user");
    if (changes) {
      refuse(refusals, 403, role, "auditor");
    }
  }

  private void tryAll(String user, String role) throws Exception {
    Set<String> wrong = new TreeSet<>();
    for (String war : List.of("controller-war", "compute-war")) {
      for (Asked asked : routes(war)) {
        Set<Integer> refusals = refusals(role, asked.needs());
        String path = filled(asked.path());
        // What would go through is tried where it ends at once and harms nothing.
        boolean endless = path.endsWith("/notifications") || path.endsWith("/pcap");
        boolean harmless = asked.method().equals("GET") && !endless;
        if (refusals.isEmpty() && !harmless) {
          continue;
        }
        Api.Answer answer = as(user).call(asked.method(), path, "");
        String message = answer.status() >= 400 ? answer.object().getString("message") : "";
        boolean byRule =
            answer.status() == 403 && RULES.matcher(message).find()
                || answer.status() == 404
                    && message.equals("Project ID " + id() + " doesn't exist");
        boolean right = refusals.isEmpty() ? !byRule : byRule && refusals.contains(answer.status());
        if (!right || answer.status() >= 500) {
          wrong.add(asked + " as " + role + ": " + answer.status() + " " + message);
        }
      }
    }
    assertEquals(Set.of(), wrong);
  }

  private static final Pattern RULES =
      Pattern.compile(
          "have no role|users of this server|auditor|Only (an admin|instructors|this compute|the"
              + " owner)|You may (look|not change)");

  private static String id() {
    return anns.substring(anns.lastIndexOf('/') + 1);
  }

  @Test
  void everyRouteAnswersEachRoleAsTheTableSays() throws Exception {
    tryAll("nobody", "none");
    tryAll("eve", "auditor");
    tryAll("bob", "user");
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
    for (String war : List.of("controller-war", "compute-war")) {
      for (Asked asked : routes(war)) {
        int status = SERVER.api().call(asked.method(), filled(asked.path()), "").status();
        if (status != 401) {
          open.add(asked.method() + " " + asked.path());
        }
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
    JsonObject shared = Server.shared().api().call("GET", "/v2/patchbay/caller", "").object();
    assertEquals("administrator", shared.getString("role"));
    assertTrue(shared.isNull("name"));
  }
}
