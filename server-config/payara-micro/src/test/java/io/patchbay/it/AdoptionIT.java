package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.testkit.IolImage;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A lab with everything that links and nodes can have is the same after a kill of its server. */
class AdoptionIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<String> pcs = new ArrayList<>();
  private final List<String> links = new ArrayList<>();
  private Server server;
  private Api api;
  private String project;
  private String iou;
  private String pcOfIou;

  @AfterEach
  void end() throws Exception {
    if (project != null) {
      server.running();
      assertEquals(204, api.call("DELETE", project, "").status());
    }
  }

  /** PCs at one switch, numbered from 0. */
  private void makeLab(int size) throws Exception {
    project =
        "/v2/projects/"
            + api.post("/v2/projects", "{\"name\": \"it-adoption\"}").getString("project_id");
    JsonArrayBuilder ports = Json.createArrayBuilder();
    for (int port = 0; port < size; port++) {
      ports.add(
          Json.createObjectBuilder()
              .add("name", "Ethernet" + port)
              .add("port_number", port)
              .add("type", "access")
              .add("vlan", 1));
    }
    String ethernetSwitch =
        add(
            "SW",
            "ethernet_switch",
            Json.createObjectBuilder().add("ports_mapping", ports).build());
    for (int number = 0; number < size; number++) {
      String script = "ip " + address(number) + "/24\n";
      pcs.add(
          add(
              "PC" + number,
              "vpcs",
              Json.createObjectBuilder().add("startup_script", script).build()));
      links.add(
          project
              + "/links/"
              + api.post(
                      project + "/links",
                      "{\"nodes\": [%s, %s]}"
                          .formatted(end(pcs.getLast(), 0), end(ethernetSwitch, number)))
                  .getString("link_id"));
    }
    addIou();
    api.post(project + "/nodes/start", "");
  }

  /** With a PC of its own, the last one. */
  private void addIou() throws Exception {
    String images = "/v2/computes/local/iou/images/";
    assertEquals(200, api.bytes("POST", images + IolImage.NAME, IolImage.bytes()).statusCode());
    assertEquals(201, api.call("PUT", "/v2/iou_license", "{\"license_check\": false}").status());
    iou = add("IOU", "iou", Json.createObjectBuilder().add("path", IolImage.NAME).build());
    pcOfIou =
        add(
            "PCI",
            "vpcs",
            Json.createObjectBuilder().add("startup_script", "ip 10.77.0.9/24\n").build());
    api.post(project + "/links", "{\"nodes\": [%s, %s]}".formatted(end(pcOfIou, 0), end(iou, 0)));
  }

  private static String address(int number) {
    return "10.9.6." + (number + 1);
  }

  private String add(String name, String kind, JsonObject properties) throws Exception {
    return api.post(
            project + "/nodes",
            Json.createObjectBuilder()
                .add("name", name)
                .add("node_type", kind)
                .add("compute_id", "local")
                .add("properties", properties)
                .build()
                .toString())
        .getString("node_id");
  }

  private static String end(String node, int port) {
    return "{\"node_id\": \"%s\", \"adapter_number\": 0, \"port_number\": %d}"
        .formatted(node, port);
  }

  private void change(int link, String body) throws Exception {
    assertEquals(201, api.call("PUT", links.get(link), body).status());
  }

  private void ping(int from, int to, String... wanted) throws Exception {
    ask(pcs.get(from), "ping " + address(to) + " -c 1", wanted);
  }

  private void ask(String node, String line, String... wanted) throws Exception {
    String console = project + "/nodes/" + node + "/console/ws";
    try (Listener terminal = new Listener(api.socket(console))) {
      terminal.ask(line, text -> List.of(wanted).stream().anyMatch(text::contains), PATIENCE);
    }
  }

  private void everythingActs() throws Exception {
    ping(0, 3, "ttl=");
    ping(1, 3, "timeout");
    ping(2, 3, "not reachable", "timeout");
    ask(pcOfIou, "ping " + IolImage.hostAt(0, 0) + " -c 1", "ttl=");
    ask(iou, "say so", "SAY SO");
  }

  private JsonArray list(String what) throws Exception {
    return api.call("GET", project + "/" + what, "").array();
  }

  private boolean isAsBefore(JsonArray nodes) throws Exception {
    return api.call("GET", project, "").object().getString("status").equals("opened")
        && list("nodes").equals(nodes);
  }

  @ParameterizedTest
  @CsvSource({"embedded, 100", "process, 6"})
  void nothingOfALabIsLost(String engine, int size) throws Exception {
    Installed.require("tshark");
    if (engine.equals("process")) {
      Installed.requireVpcs();
    }
    server = engine.equals("process") ? Servers.local() : Servers.embedded();
    api = server.api();
    makeLab(size);
    JsonObject capture = api.post(links.getFirst() + "/start_capture", "{}");
    change(1, "{\"filters\": {\"bpf\": [\"icmp[0] == 8\"]}}");
    change(2, "{\"suspend\": true}");
    everythingActs();
    JsonArray nodes = list("nodes");
    JsonArray kept = list("links");
    int recorded = pings(capture);
    assertTrue(recorded > 0, "no ping was recorded");

    server.kill();
    server.restart();

    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isAsBefore(nodes)) {
      if (System.nanoTime() > deadline) {
        assertEquals(nodes, list("nodes"));
      }
      Thread.onSpinWait();
    }
    assertEquals(kept, list("links"));
    everythingActs();
    assertTrue(pings(capture) > recorded, "the capture did not go on");
    for (int number = 3; number < size; number += 10) {
      ping(number, 0, "ttl=");
    }
    change(1, "{\"filters\": {}}");
    change(2, "{\"suspend\": false}");
    ping(1, 2, "ttl=");
    JsonObject ended = api.post(links.getFirst() + "/stop_capture", "");
    assertEquals(capture.getString("capture_file_path"), ended.getString("capture_file_path"));
    assertTrue(!ended.getBoolean("capturing"), ended.toString());
  }

  private static int pings(JsonObject capture) throws Exception {
    return Tshark.read(Path.of(capture.getString("capture_file_path")), "icmp.type == 8", "ip.dst")
        .size();
  }
}
