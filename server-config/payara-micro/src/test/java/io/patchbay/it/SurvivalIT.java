package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A lab goes on when its server is killed, and the next server has it as it was. */
class SurvivalIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static Server server;

  @BeforeAll
  static void start() {
    Installed.require("vpcs");
    server = Server.start(Path.of("target", "home-survival-" + ProcessHandle.current().pid()));
  }

  @AfterAll
  static void end() {
    if (server != null) {
      server.close();
    }
  }

  private final Api api = server.api();

  private String addPc(String project, int number) throws Exception {
    return api.post(
            project + "/nodes",
            "{\"name\": \"PC%d\", \"node_type\": \"vpcs\", \"compute_id\": \"local\","
                    .formatted(number)
                + "\"properties\": {\"startup_script\": \"ip 10.9.5.%d/24\\n\"}}".formatted(number))
        .getString("node_id");
  }

  private void wire(String project, String pc, String ethernetSwitch, int port) throws Exception {
    api.post(
        project + "/links",
        "{\"nodes\": [{\"node_id\": \"%s\", \"adapter_number\": 0, \"port_number\": 0},"
                .formatted(pc)
            + "{\"node_id\": \"%s\", \"adapter_number\": 0, \"port_number\": %d}]}"
                .formatted(ethernetSwitch, port));
  }

  private JsonObject node(String project, String id) throws Exception {
    return api.call("GET", project + "/nodes/" + id, "").object();
  }

  /** The processes with a node's command line, the launched one first: VPCS has a child. */
  private List<ProcessHandle> processes(String project, String id) throws Exception {
    String command = node(project, id).getString("command_line");
    List<ProcessHandle> found =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().filter(command::equals).isPresent())
            .sorted(Comparator.comparingLong(ProcessHandle::pid))
            .toList();
    assertFalse(found.isEmpty(), command);
    return found;
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertTrue(System.nanoTime() < deadline, what + " did not come true");
      Thread.onSpinWait();
    }
  }

  private void ping(String project, String from, String to) throws Exception {
    try (Listener terminal = new Listener(api.socket(project + "/nodes/" + from + "/console/ws"))) {
      terminal.ask("ping " + to + " -c 1", text -> text.contains("ttl="), PATIENCE);
    }
  }

  /** How many links a project's file has. */
  private static int links(Path file) throws Exception {
    try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
      return reader.readObject().getJsonObject("topology").getJsonArray("links").size();
    }
  }

  @Test
  void whatRunsIsTakenUpAfterAKillAndEndedByAStop() throws Exception {
    String project =
        "/v2/projects/"
            + api.post("/v2/projects", "{\"name\": \"it-survival\"}").getString("project_id");
    String ethernetSwitch =
        api.post(
                project + "/nodes",
                "{\"name\": \"SW\", \"node_type\": \"ethernet_switch\", \"compute_id\": \"local\"}")
            .getString("node_id");
    List<String> pcs = List.of(addPc(project, 1), addPc(project, 2), addPc(project, 3));
    for (String pc : pcs) {
      wire(project, pc, ethernetSwitch, pcs.indexOf(pc));
    }
    api.post(project + "/nodes/start", "");
    ping(project, pcs.get(0), "10.9.5.2");
    List<ProcessHandle> one = processes(project, pcs.get(0));
    List<ProcessHandle> two = processes(project, pcs.get(1));
    List<ProcessHandle> three = processes(project, pcs.get(2));
    JsonObject before = node(project, pcs.get(0));
    // The last change is on the disk within a second.
    Path file =
        server
            .home()
            .resolve("projects")
            .resolve(project.substring("/v2/projects/".length()))
            .resolve("it-survival.gns3");
    await("the save", () -> links(file) == pcs.size());

    server.kill();
    three.forEach(ProcessHandle::destroyForcibly);
    await("the end of the third", () -> three.stream().noneMatch(ProcessHandle::isAlive));
    server.restart();

    await(
        "the project",
        () -> api.call("GET", project, "").object().getString("status").equals("opened"));
    await("the first", () -> node(project, pcs.get(0)).getString("status").equals("started"));
    assertEquals(before.getInt("console"), node(project, pcs.get(0)).getInt("console"));
    assertEquals(one, processes(project, pcs.get(0)));
    assertEquals(two, processes(project, pcs.get(1)));
    assertEquals("stopped", node(project, pcs.get(2)).getString("status"));
    ping(project, pcs.get(0), "10.9.5.2");
    ping(project, pcs.get(1), "10.9.5.1");

    server.stop();
    await(
        "the end of the emulators",
        () -> Stream.concat(one.stream(), two.stream()).noneMatch(ProcessHandle::isAlive));
  }
}
