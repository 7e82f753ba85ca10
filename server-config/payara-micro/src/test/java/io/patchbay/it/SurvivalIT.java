package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.testkit.NodeProcesses;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A lab goes on when its server is killed, and the next server has it as it was. */
class SurvivalIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static Server server;

  @BeforeAll
  static void start() {
    Installed.requireVpcs();
    server = Servers.local();
  }

  private final Api api = server.api();
  private BrowserTests browser;

  @AfterEach
  void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  private String addPc(String project, int number) throws Exception {
    return api.post(
            project + "/nodes",
            "{\"name\": \"PC%d\", \"node_type\": \"vpcs\", \"compute_id\": \"local\",\"x\": %d, \"y\": 150,"
                    .formatted(number, 150 * number)
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
    List<ProcessHandle> found = NodeProcesses.of(command);
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

  /** Moves drawings from several clients at once until the server is gone. Answers what it told. */
  private Map<String, Integer> killAmidChanges(String project) throws Exception {
    Map<String, Integer> answered = new ConcurrentHashMap<>();
    List<Thread> clients = new ArrayList<>();
    for (int client = 0; client < 4; client++) {
      String id = api.post(project + "/drawings", "{\"x\": 0}").getString("drawing_id");
      clients.add(Thread.ofVirtual().start(() -> move(project, id, answered)));
    }
    await(
        "some changes",
        () -> answered.values().stream().filter(x -> x > 20).count() == clients.size());
    server.kill();
    for (Thread client : clients) {
      client.join();
    }
    return answered;
  }

  private void move(String project, String drawing, Map<String, Integer> answered) {
    try {
      for (int x = 1; ; x++) {
        String body = "{\"x\": " + x + "}";
        if (api.call("PUT", project + "/drawings/" + drawing, body).status() == 201) {
          answered.put(drawing, x);
        }
      }
    } catch (IOException killed) {
      // The last one may be there or not.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Opens the lab's page in a browser, which is to live through all that comes. */
  private void watch(String project) throws Exception {
    if (BrowserTests.canRun()) {
      browser =
          BrowserTests.start(
              server,
              "web-ui-restart",
              Map.of(
                  "PATCHBAY_LAB", project.substring(project.lastIndexOf('/') + 1),
                  "PATCHBAY_SEEN", seen().toString()));
    }
  }

  /** A file that the page's test writes once the page shows the lab. */
  private static Path seen() {
    return server.home().resolve("seen");
  }

  private void awaitWatched() throws Exception {
    if (browser != null) {
      browser.awaitFile(seen());
    }
  }

  /** The file of a closed project, cut off. */
  private Path damagedProject() throws Exception {
    JsonObject project = api.post("/v2/projects", "{\"name\": \"it-damaged\"}");
    api.post("/v2/projects/" + project.getString("project_id") + "/close", "");
    Path file = Path.of(project.getString("path"), project.getString("filename"));
    Files.writeString(file, Files.readString(file).substring(0, 100));
    return file;
  }

  private void reportsAndKeeps(Path damaged) throws Exception {
    byte[] left = Files.readAllBytes(damaged);
    String path = "/v2/projects/" + damaged.getParent().getFileName();
    String problem = api.call("GET", path, "").object().getString("problem");
    assertTrue(problem.contains(damaged + ".backup"), problem);
    for (Api.Answer refused :
        List.of(
            api.call("POST", path + "/open", ""),
            api.call("PUT", path, "{\"zoom\": 7}"),
            api.call("POST", path + "/duplicate", "{\"name\": \"copy\"}"))) {
      assertEquals(409, refused.status());
      assertEquals(problem, refused.object().getString("message"));
    }
    assertArrayEquals(left, Files.readAllBytes(damaged));
    Files.copy(Path.of(damaged + ".backup"), damaged, StandardCopyOption.REPLACE_EXISTING);
    assertEquals("opened", api.post(path + "/open", "").getString("status"));
  }

  @Test
  void whatRunsIsTakenUpAfterAKillAndEndedByAStop() throws Exception {
    String project =
        "/v2/projects/"
            + api.post("/v2/projects", "{\"name\": \"it-survival\", \"auto_close\": false}")
                .getString("project_id");
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
    watch(project);
    ping(project, pcs.get(0), "10.9.5.2");
    List<ProcessHandle> one = processes(project, pcs.get(0));
    List<ProcessHandle> two = processes(project, pcs.get(1));
    List<ProcessHandle> three = processes(project, pcs.get(2));
    JsonObject before = node(project, pcs.get(0));
    Path damaged = damagedProject();

    awaitWatched();
    Map<String, Integer> answered = killAmidChanges(project);
    Path configuration = server.home().resolve("patchbay.properties");
    Files.writeString(configuration, "patchbay.compute.keep-on-stop=true");
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
    for (var drawing : answered.entrySet()) {
      int x = api.call("GET", project + "/drawings/" + drawing.getKey(), "").object().getInt("x");
      assertTrue(x >= drawing.getValue(), x + " is older than " + drawing);
    }
    reportsAndKeeps(damaged);
    ping(project, pcs.get(0), "10.9.5.2");
    ping(project, pcs.get(1), "10.9.5.1");
    if (browser != null) {
      browser.awaitSuccess();
    }

    server.stop();
    Files.delete(configuration);
    server.restart();
    await(
        "the project after a stop that keeps what runs",
        () -> api.call("GET", project, "").object().getString("status").equals("opened"));
    await("the first", () -> node(project, pcs.get(0)).getString("status").equals("started"));
    assertEquals(one, processes(project, pcs.get(0)));
    assertEquals(two, processes(project, pcs.get(1)));
    ping(project, pcs.get(0), "10.9.5.2");

    server.stop();
    await(
        "the end of the emulators",
        () -> Stream.concat(one.stream(), two.stream()).noneMatch(ProcessHandle::isAlive));
    assumeTrue(browser != null, "no page was open meanwhile: Chromium or the web UI is not there");
  }
}
