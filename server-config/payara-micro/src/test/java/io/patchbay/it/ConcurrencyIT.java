package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many clients at once. */
class ConcurrencyIT {
  private static final int CLIENTS = 32;
  private static final int STEPS = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static String createProject(Api api, String name) throws Exception {
    JsonObject created =
        api.post("/v2/projects", "{\"name\": \"" + name + "\", \"auto_close\": false}");
    return "/v2/projects/" + created.getString("project_id");
  }

  @Test
  void thirtyTwoClientsAtOnceEndInWhatTheAnswersPromised() throws Exception {
    Api api = Servers.embedded().api();
    String project = createProject(api, "it-crowd");
    JsonValue portsBefore = ports(api);
    JsonObject common =
        api.post(
            project + "/nodes",
            "{\"name\": \"common\", \"node_type\": \"ethernet_hub\", \"compute_id\": \"local\"}");
    String commonPath = project + "/nodes/" + common.getString("node_id");
    List<LabClient> clients = new ArrayList<>();
    List<Future<?>> work = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < CLIENTS; number++) {
        LabClient client = new LabClient(api, project, number);
        clients.add(client);
        String place = "{\"x\": %d, \"y\": %d}".formatted(number, number);
        work.add(
            threads.submit(
                () -> {
                  api.call("PUT", commonPath, place);
                  client.work(STEPS);
                  return null;
                }));
      }
    }
    for (Future<?> done : work) {
      done.get();
    }

    Map<String, String> promised = new TreeMap<>();
    Set<String> links = new HashSet<>();
    for (LabClient client : clients) {
      client.nodes().forEach((id, node) -> promised.put(id, essence(node)));
      links.addAll(client.links().keySet());
    }
    JsonObject shared = api.call("GET", commonPath, "").object();
    assertEquals(shared.getInt("x"), shared.getInt("y"), "half of a change");
    promised.put(shared.getString("node_id"), essence(shared));
    awaitNodes(promised, api, project);
    assertEquals(links, ids(api, project + "/links", "link_id"));
    List<String> names =
        promised.values().stream().map(node -> node.substring(0, node.indexOf(' '))).toList();
    assertEquals(names.size(), Set.copyOf(names).size(), "a name twice");

    api.post(project + "/close", "");
    api.post(project + "/open", "");
    Map<String, String> stopped = new TreeMap<>();
    promised.forEach(
        (id, node) ->
            stopped.put(id, node.contains("vpcs") ? node.replace("started", "stopped") : node));
    awaitNodes(stopped, api, project);
    assertEquals(links, ids(api, project + "/links", "link_id"));

    assertEquals(204, api.call("DELETE", project, "").status());
    assertEquals(portsBefore, ports(api), "ports that nobody gave back");
  }

  /** What clients decide of a node. */
  private static String essence(JsonObject node) {
    return "%s %s %s %d"
        .formatted(
            node.getString("name"),
            node.getString("node_type"),
            node.getString("status"),
            node.getInt("x"));
  }

  /** What a compute tells of its nodes may still be on its way. */
  private static void awaitNodes(Map<String, String> wanted, Api api, String project)
      throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<String, String> now = nodes(api, project);
    while (!now.equals(wanted) && System.nanoTime() < deadline) {
      now = nodes(api, project);
    }
    assertEquals(wanted, now);
  }

  private static Map<String, String> nodes(Api api, String project) throws Exception {
    Map<String, String> nodes = new TreeMap<>();
    for (JsonObject node :
        api.call("GET", project + "/nodes", "").array().getValuesAs(JsonObject.class)) {
      nodes.put(node.getString("node_id"), essence(node));
    }
    return nodes;
  }

  private static Set<String> ids(Api api, String path, String field) throws Exception {
    Set<String> ids = new HashSet<>();
    for (JsonObject item : api.call("GET", path, "").array().getValuesAs(JsonObject.class)) {
      ids.add(item.getString(field));
    }
    return ids;
  }

  private static JsonValue ports(Api api) throws Exception {
    return api.call("GET", "/v2/compute/network/ports", "").json();
  }

  @Test
  void nobodyWaitsForAnotherNodeThatTakesLong() throws Exception {
    Path directory = Files.createDirectories(Path.of("target/slow").toAbsolutePath());
    Path go = directory.resolve("go");
    Files.deleteIfExists(go);
    Path slow = directory.resolve("qemu-system-x86_64");
    Files.writeString(
        slow,
        """
        #!/bin/sh
        # Says what it is, but does not come up before it may.
        case "$*" in *-version*) echo "QEMU emulator version 7.2.0"; exit 0 ;; esac
        while [ ! -e "%s" ]; do sleep 0.1; done
        """
            .formatted(go));
    Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Api api = Servers.local().api();
      String project = createProject(api, "it-slow");
      JsonObject machine =
          api.post(
              project + "/nodes",
              ("{\"name\": \"M\", \"node_type\": \"qemu\", \"compute_id\": \"local\","
                      + " \"properties\": {\"qemu_path\": \"%s\", \"ram\": 32}}")
                  .formatted(slow));
      String node = project + "/nodes/" + machine.getString("node_id");
      List<Future<Api.Answer>> starts = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        starts.add(threads.submit(() -> api.call("POST", node + "/start", "")));
      }
      String other = createProject(api, "it-else");
      useOthers(api, project, other);
      assertEquals(200, api.call("GET", node, "").status());
      assertFalse(starts.stream().anyMatch(Future::isDone), "it was not slow at all");
      Files.createFile(go);
      for (Future<Api.Answer> start : starts) {
        assertEquals(409, start.get().status());
      }
      assertTrue(api.call("GET", node, "").response().body().contains("\"stopped\""));
      assertEquals(204, api.call("DELETE", project, "").status());
      assertEquals(204, api.call("DELETE", other, "").status());
    }
  }

  /** Requests about other nodes and projects, each of which must be answered. */
  private static void useOthers(Api api, String same, String other) throws Exception {
    for (String project : List.of(same, other)) {
      JsonObject hub =
          api.post(
              project + "/nodes",
              "{\"name\": \"H\", \"node_type\": \"ethernet_hub\", \"compute_id\": \"local\"}");
      String path = project + "/nodes/" + hub.getString("node_id");
      for (String[] request :
          new String[][] {
            {"GET", path, ""},
            {"PUT", path, "{\"name\": \"H2\"}"},
            {"POST", path + "/start", ""},
            {"GET", project + "/nodes", ""},
            {"POST", path + "/duplicate", "{\"x\": 1, \"y\": 2}"},
            {"DELETE", path, ""}
          }) {
        Api.Answer answer = api.call(request[0], request[1], request[2]);
        assertTrue(answer.status() < 300, request[0] + " " + request[1]);
      }
    }
  }
}
