package io.patchbay.it;

import static io.patchbay.it.RolesServer.addPc;
import static io.patchbay.it.RolesServer.as;
import static io.patchbay.it.RolesServer.create;
import static io.patchbay.it.RolesServer.share;
import static io.patchbay.it.RolesServer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Projects of users, shared and not. */
class SharingIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Set<String> names(String user) throws Exception {
    return as(user).call("GET", "/v2/projects", "").array().getValuesAs(JsonObject.class).stream()
        .map(project -> project.getString("name"))
        .collect(Collectors.toSet());
  }

  @Test
  void aProjectIsSharedStepByStepAndTakenBack() throws Exception {
    String project = create("ann", "shared-lab");
    String pc = addPc("ann", project);
    try (Listener events = as("bob").listen("/v2/notifications/ws")) {
      events.await(text -> text.contains("\"ping\""), PATIENCE);
      as("ann").call("PUT", project, "{\"name\": \"shared-lab\", \"zoom\": 80}");
      assertFalse(names("bob").contains("shared-lab"));
      assertEquals(404, status("bob", "GET", project));
      assertEquals(404, status("bob", "GET", project + "/notifications"));
      assertRefused("bob", project + "/notifications/ws", 404);
      assertRefused("bob", pc + "/console/ws", 404);

      share(project, "{\"bob\": \"view\"}");
      String heard = events.await(text -> text.contains("shared-lab"), PATIENCE);
      assertFalse(heard.contains("project.created"), "nothing of before: " + heard);
      assertTrue(names("bob").contains("shared-lab"));
      assertEquals(201, status("bob", "POST", project + "/open"));
      assertEquals("view", right("bob", project));
      JsonObject seen = sight("bob", project);
      assertEquals("view", seen.getString("right"));
      assertEquals("ann", seen.getString("owner"));
      assertTrue(Instant.parse(seen.getString("changed_at")).isBefore(Instant.now()));
      assertEquals(403, status("bob", "GET", "/v2/patchbay/users"));
      assertEquals(403, status("bob", "POST", pc + "/start"));
      assertEquals(403, status("bob", "PUT", project + "/access"));
      assertRefused("bob", pc + "/console/ws", 403);

      share(project, "{\"bob\": \"operate\"}");
      assertEquals(200, status("bob", "POST", pc + "/start"));
      assertEquals(403, as("bob").call("PUT", pc, "{\"name\": \"X\"}").status());
      try (Listener console = as("bob").listen(pc + "/console/ws")) {
        console.ask("show ip", text -> text.contains("GATEWAY"), PATIENCE);
        share(project, "{}");
        console.forget();
        console.say("show ip\r");
        assertEquals(404, status("bob", "GET", pc));
        console.awaitClosed(PATIENCE);
      }

      share(project, "{\"bob\": \"edit\"}");
      assertEquals(200, as("bob").call("PUT", pc, "{\"name\": \"Y\"}").status());
      assertEquals(403, status("bob", "DELETE", project));
      share(project, "{}");
      assertEquals(404, status("bob", "GET", project));
      assertFalse(names("bob").contains("shared-lab"));
    }
    assertEquals(204, status("ann", "DELETE", project));
  }

  private static String right(String user, String project) throws Exception {
    return as(user).call("GET", project + "/access", "").object().getString("right");
  }

  private static JsonObject sight(String user, String project) throws Exception {
    return as(user)
        .call("GET", "/v2/patchbay/projects", "")
        .array()
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(one -> project.endsWith(one.getString("project_id")))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRefused(String user, String socket, int status) {
    ExecutionException refused =
        assertThrows(ExecutionException.class, () -> as(user).listen(socket));
    WebSocketHandshakeException handshake =
        assertInstanceOf(WebSocketHandshakeException.class, refused.getCause());
    assertEquals(status, handshake.getResponse().statusCode());
  }

  @Test
  void notificationsOfTheServerTellOfNobodyElsesProject() throws Exception {
    HttpResponse<InputStream> stream = as("bob").stream("/v2/notifications");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertTrue(lines.readLine().contains("ping"));
      String hidden = create("ann", "hidden-lab");
      String seen = create("bob", "seen-lab");
      String line = lines.readLine();
      while (!line.contains("seen-lab")) {
        assertFalse(line.contains("hidden-lab"), line);
        line = lines.readLine();
      }
      assertEquals(204, status("ann", "DELETE", hidden));
      assertEquals(204, status("bob", "DELETE", seen));
    }
  }

  @Test
  void whoCopiesOrImportsAProjectOwnsTheCopy() throws Exception {
    String project = create("ann", "original");
    assertEquals(404, status("bob", "POST", project + "/duplicate"));
    share(project, "{\"bob\": \"view\"}");
    Api.Answer copy = as("bob").call("POST", project + "/duplicate", "{\"name\": \"copy\"}");
    assertEquals(201, copy.status(), copy.response().body());
    String copied = "/v2/projects/" + copy.object().getString("project_id");
    assertEquals("own", right("bob", copied));
    assertEquals(404, status("ann", "GET", copied));
    byte[] archive = as("bob").bytes("GET", copied + "/export", new byte[0]).body();
    String imported = "/v2/projects/11111111-2222-4333-8444-000000000777";
    assertEquals(
        201, as("ann").bytes("POST", imported + "/import?name=imported", archive).statusCode());
    assertEquals("own", right("ann", imported));
    assertEquals(404, status("bob", "GET", imported));
    assertEquals(403, as("eve").bytes("POST", imported + "/import", archive).statusCode());
    assertEquals(
        409,
        as("bob")
            .call(
                "POST",
                "/v2/projects",
                "{\"name\": \"x\", \"project_id\": \"11111111-2222-4333-8444-000000000777\"}")
            .status());
    // Names of projects that one does not see are free.
    String same = create("bob", "imported");
    for (String own : List.of(project, imported)) {
      assertEquals(204, status("ann", "DELETE", own));
    }
    for (String own : List.of(copied, same)) {
      assertEquals(204, status("bob", "DELETE", own));
    }
  }

  @Test
  void nodesThatAreTooManyStayStoppedAndTheUserLearnsWhy() throws Exception {
    String project = create("bob", "small-lab");
    String first = addPc("bob", project);
    String second = addPc("bob", project);
    assertEquals(200, status("bob", "POST", first + "/start"));
    Api.Answer full = as("bob").call("POST", second + "/start", "");
    assertEquals(409, full.status(), full.response().body());
    assertTrue(
        full.object().getString("message").startsWith("The limit of running nodes of bob is 1"),
        full.response().body());
    assertEquals("stopped", as("bob").call("GET", second, "").object().getString("status"));
    assertEquals(200, status("bob", "POST", first + "/stop"));
    assertEquals(200, status("bob", "POST", second + "/start"));
    assertEquals(204, status("bob", "DELETE", project));
  }

  @Test
  void theAdministratorGivesAProjectToSomebodyElse() throws Exception {
    String project = create("ann", "given");
    assertEquals(403, as("ann").call("PUT", project + "/access", "{\"owner\": \"bob\"}").status());
    assertEquals(
        400,
        as("ann").call("PUT", project + "/access", "{\"users\": {\"bob\": \"own\"}}").status());
    assertEquals(200, as("root").call("PUT", project + "/access", "{\"owner\": \"bob\"}").status());
    assertEquals(404, status("ann", "GET", project));
    assertEquals(204, status("bob", "DELETE", project));
  }
}
