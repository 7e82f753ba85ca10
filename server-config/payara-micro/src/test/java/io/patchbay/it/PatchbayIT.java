package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Labs through the public API on Payara Micro, with the real VPCS. All in one class, because each
 * class starts a server.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class PatchbayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @ArquillianResource private URL base;
  private Api api;
  private String project = "";

  @Deployment(testable = false)
  static WebArchive controller() {
    return ShrinkWrap.createFromZipFile(
        WebArchive.class, new File("target/server/controller-war.war"));
  }

  @BeforeEach
  void connect() throws Exception {
    // The container names the machine; the server listens on loopback only, as configured.
    api = new Api(URI.create("http://127.0.0.1:" + base.getPort()));
    project = "";
  }

  @AfterEach
  void cleanUp() throws Exception {
    if (!project.isEmpty()) {
      api.call("DELETE", project, "");
    }
  }

  private void createProject(String name) throws Exception {
    JsonObject created =
        api.post("/v2/projects", "{\"name\": \"" + name + "\", \"auto_close\": false}");
    project = "/v2/projects/" + created.getString("project_id");
  }

  private JsonObject addPc(String name, String address) throws Exception {
    return api.post(
        project + "/nodes",
        "{\"name\": \"%s\", \"node_type\": \"vpcs\", \"compute_id\": \"local\",".formatted(name)
            + "\"properties\": {\"startup_script\": \"ip %s/24\\n\"}}".formatted(address));
  }

  private void wire(JsonObject one, int onePort, JsonObject other, int otherPort) throws Exception {
    api.post(
        project + "/links",
        "{\"nodes\": [{\"node_id\": \"%s\", \"adapter_number\": 0, \"port_number\": %d},"
                .formatted(one.getString("node_id"), onePort)
            + "{\"node_id\": \"%s\", \"adapter_number\": 0, \"port_number\": %d}]}"
                .formatted(other.getString("node_id"), otherPort));
  }

  private static String ports(int vlanOfPort1) {
    return "[{\"name\": \"Ethernet0\", \"port_number\": 0, \"type\": \"access\", \"vlan\": 1},"
        + "{\"name\": \"Ethernet1\", \"port_number\": 1, \"type\": \"access\", \"vlan\": %d}]"
            .formatted(vlanOfPort1);
  }

  @Test
  void twoPcsOnASwitchPingUntilOneMovesToAnotherVlan() throws Exception {
    Installed.requireVpcs();
    createProject("it-vlan");
    try (Listener events = new Listener(api.socket(project + "/notifications/ws"))) {
      events.await(text -> text.contains("\"ping\""), PATIENCE);
      JsonObject one = addPc("PC1", "10.9.0.1");
      JsonObject two = addPc("PC2", "10.9.0.2");
      JsonObject ethernetSwitch =
          api.post(
              project + "/nodes",
              "{\"name\": \"SW1\", \"node_type\": \"ethernet_switch\", \"compute_id\": \"local\","
                  + "\"properties\": {\"ports_mapping\": "
                  + ports(1)
                  + "}}");
      wire(one, 0, ethernetSwitch, 0);
      wire(two, 0, ethernetSwitch, 1);
      api.post(project + "/nodes/start", "");
      String console = project + "/nodes/" + one.getString("node_id") + "/console/ws";
      try (Listener terminal = new Listener(api.socket(console))) {
        terminal.ask(
            "ping 10.9.0.2 -c 1", text -> text.contains("10.9.0.2 icmp_seq=1 ttl="), PATIENCE);

        Api.Answer moved =
            api.call(
                "PUT",
                project + "/nodes/" + ethernetSwitch.getString("node_id"),
                "{\"properties\": {\"ports_mapping\": " + ports(2) + "}}");
        assertEquals(200, moved.status(), moved.response().body());
        terminal.forget();
        String answer =
            terminal.ask(
                "ping 10.9.0.2 -c 1",
                text -> text.contains("not reachable") || text.contains("timeout"),
                PATIENCE);
        assertFalse(answer.contains("ttl="), answer);
      }
      api.post(project + "/nodes/stop", "");
      String life = events.await(text -> text.contains("\"stopped\""), PATIENCE);
      int position = -1;
      for (String action :
          new String[] {"node.created", "link.created", "node.updated", "\"started\""}) {
        int next = life.indexOf(action, position + 1);
        assertTrue(next > position, action + " is missing or too early in " + life);
        position = next;
      }
    }
  }

  @Test
  void aConsoleIsSharedByTelnetClientsAndSurvivesTheirLeaving() throws Exception {
    Installed.requireVpcs();
    createProject("it-console");
    JsonObject pc = addPc("PC1", "10.9.1.1");
    String node = project + "/nodes/" + pc.getString("node_id");
    JsonObject started = api.post(node + "/start", "");
    assertEquals("started", started.getString("status"));
    String console = node + "/console/ws";
    try (Listener first = new Listener(api.socket(console));
        Listener second = new Listener(api.socket(console))) {
      first.ask("show ip", text -> text.contains("GATEWAY"), PATIENCE);
      second.await(text -> text.contains("GATEWAY"), PATIENCE);
    }
    try (Listener third = new Listener(api.socket(console))) {
      third.ask("show ip", text -> text.contains("10.9.1.1"), PATIENCE);
      third.say("quit\r");
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      String status = "";
      while (!status.equals("stopped") && System.nanoTime() < deadline) {
        status = api.call("GET", node, "").object().getString("status");
      }
      assertEquals("stopped", status);
    }
  }

  @Test
  void errorsHaveOneForm() throws Exception {
    for (String[] request :
        new String[][] {
          {"GET", "/v2/nothing", "404"},
          {"GET", "/v2/projects/", "404"},
          {"DELETE", "/v2/projects", "405"},
          {"GET", "/v2/projects/nope", "404"},
          {"GET", "/v2/compute/projects/nope", "400"},
          {"GET", "/v2/compute/nothing", "404"},
          {"GET", "/nothing", "404"}
        }) {
      Api.Answer answer = api.call(request[0], request[1], "");
      assertEquals(Integer.parseInt(request[2]), answer.status(), request[1]);
      assertEquals("application/json", answer.header("Content-Type"), request[1]);
      assertEquals(answer.status(), answer.object().getInt("status"));
      assertFalse(answer.object().getString("message").isBlank());
    }
    Api.Answer bad = api.call("POST", "/v2/projects", "{\"name\": \"x\", \"zoom\": \"much\"}");
    assertEquals(400, bad.status());
    assertTrue(bad.object().getString("message").contains("zoom"), bad.response().body());
    assertEquals("/v2/projects", bad.object().getString("path"));
    assertEquals(400, api.call("POST", "/v2/projects", "{").status());
    Api.Answer unused = api.call("POST", "/v2/reload", "{");
    assertEquals(400, unused.status());
    assertEquals("/v2/reload", unused.object().getString("path"));
    assertEquals(200, api.call("POST", "/v2/reload", "[1]").status());
    assertEquals(405, api.call("HEAD", "/v2/version", "").status());
  }

  @Test
  void aProjectIsOnDiskAsTheReferenceHasIt() throws Exception {
    createProject("it-disk");
    api.post(project + "/drawings", "{\"svg\": \"<svg/>\", \"x\": 3}");
    api.post(project + "/close", "");
    String id = project.substring(project.lastIndexOf('/') + 1);
    Path file = Path.of("target/home/projects", id, "it-disk.gns3");
    String content = Files.readString(file);
    assertTrue(content.contains("\"revision\": 9") || content.contains("\"revision\":9"), content);
    assertTrue(content.contains("<svg/>"), content);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(
          Set.of("it-disk.gns3", "it-disk.gns3.backup"),
          files
              .filter(path -> !Files.isDirectory(path))
              .map(path -> path.getFileName().toString())
              .collect(Collectors.toSet()));
    }
    api.post(project + "/open", "");
    assertEquals(1, api.call("GET", project + "/drawings", "").array().size());
  }
}
