package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.IolImage;
import io.patchbay.testkit.router.RouterImage;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Labs with a router of Dynamips or of IOU in them, from its template to its duplicate. */
class RoutersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static Server server;
  private static Api api;
  private String project;

  @BeforeAll
  static void start() {
    Installed.require("dynamips");
    server = Servers.embedded();
    api = server.api();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private JsonObject add(String body) throws Exception {
    return api.post(project + "/nodes", json(body));
  }

  private Api.Answer link(String one, int slot, String other, int port) throws Exception {
    return api.call(
        "POST",
        project + "/links",
        json(
            ("{'nodes': [{'node_id': '%s', 'adapter_number': %d, 'port_number': 0},"
                    + "{'node_id': '%s', 'adapter_number': 0, 'port_number': %d}]}")
                .formatted(one, slot, other, port)));
  }

  private void createProject() throws Exception {
    project =
        "/v2/projects/"
            + api.post(
                    "/v2/projects",
                    json("{'name': 'it-%s', 'auto_close': false}".formatted(UUID.randomUUID())))
                .getString("project_id");
  }

  @Test
  void routerFromATemplate() throws Exception {
    createProject();
    JsonObject router = createRouter();
    assertEquals("R1", router.getString("name"));
    assertEquals(
        List.of("f0/0", "s1/0", "s1/1", "s1/2", "s1/3"),
        router.getJsonArray("ports").getValuesAs(JsonObject.class).stream()
            .map(port -> port.getString("short_name"))
            .toList());
    String id = router.getString("node_id");
    String config = project + "/nodes/" + id + "/files/configs/i1_startup-config.cfg";
    assertTrue(api.call("GET", config, "").response().body().contains("hostname R1"));

    String pc =
        add("{'name': 'PC1', 'node_type': 'vpcs', 'compute_id': 'local', 'properties':"
                + " {'startup_script': 'ip 10.7.7.1/24\\n'}}")
            .getString("node_id");
    String wan =
        add("{'name': 'F1', 'node_type': 'frame_relay_switch', 'compute_id': 'local',"
                + " 'properties': {'mappings': {'1:101': '2:202'}}}")
            .getString("node_id");
    assertEquals(409, link(id, 1, pc, 0).status(), "a serial port and one of Ethernet");
    assertEquals(201, link(id, 1, wan, 1).status());
    Api.Answer ethernet = link(id, 0, pc, 0);
    assertEquals(201, ethernet.status());
    framesPass(ethernet.object().getString("link_id"), id, pc);
    duplicate(id);
    assertEquals(204, api.call("DELETE", project, "").status());
  }

  private JsonObject createRouter() throws Exception {
    String images = "/v2/computes/local/dynamips/images";
    assertEquals(
        200, api.bytes("POST", images + "/it-router.image", RouterImage.bytes()).statusCode());
    assertTrue(api.call("GET", images, "").response().body().contains("it-router.image"));
    String template =
        api.post(
                "/v2/templates",
                json(
                    ("{'name': 'router-%s', 'template_type': 'dynamips', 'compute_id': 'local',"
                         + " 'platform': 'c7200', 'npe': 'npe-200', 'image': 'it-router.image',"
                         + " 'ram': 64, 'idlemax': 20, 'slot0': 'C7200-IO-FE', 'slot1': 'PA-4T+',"
                         + " 'idlepc': '0x%016x'}")
                        .formatted(UUID.randomUUID(), RouterImage.IDLE_PC)))
            .getString("template_id");
    return use(template);
  }

  private JsonObject use(String template) throws Exception {
    api.post(project + "/templates/" + template, json("{'x': 0, 'y': 0}"));
    return api.call("GET", project + "/nodes", "").array().getJsonObject(0);
  }

  @Test
  void iouFromATemplate() throws Exception {
    createProject();
    JsonObject router = createIou();
    assertEquals("IOU1", router.getString("name"));
    JsonArray ports = router.getJsonArray("ports");
    assertEquals(12, ports.size());
    assertEquals("Ethernet0/0", ports.getJsonObject(0).getString("name"));
    assertEquals("s2/3", ports.getJsonObject(11).getString("short_name"));
    String id = router.getString("node_id");
    String config = project + "/nodes/" + id + "/files/startup-config.cfg";
    assertTrue(api.call("GET", config, "").response().body().contains("hostname IOU1"));

    String pc =
        add("{'name': 'PC1', 'node_type': 'vpcs', 'compute_id': 'local', 'properties':"
                + " {'startup_script': 'ip 10.77.1.9/24\\n'}}")
            .getString("node_id");
    Api.Answer ethernet = link(id, 1, pc, 0);
    assertEquals(201, ethernet.status());
    licensed(id);
    pinged(ethernet.object().getString("link_id"), id, pc);

    JsonObject copy =
        api.post(project + "/nodes/" + id + "/duplicate", json("{'x': 10, 'y': 10, 'z': 1}"));
    assertNotEquals(number(router), number(copy));
    assertEquals(204, api.call("DELETE", project, "").status());
  }

  private static int number(JsonObject router) {
    return router.getJsonObject("properties").getInt("application_id");
  }

  private JsonObject createIou() throws Exception {
    String images = "/v2/computes/local/iou/images";
    assertEquals(200, api.bytes("POST", images + "/it-iol.bin", IolImage.bytes()).statusCode());
    assertTrue(api.call("GET", images, "").response().body().contains("it-iol.bin"));
    return use(
        api.post(
                "/v2/templates",
                json(
                    ("{'name': 'iou-%s', 'template_type': 'iou', 'compute_id': 'local',"
                            + " 'path': 'it-iol.bin', 'serial_adapters': 1}")
                        .formatted(UUID.randomUUID())))
            .getString("template_id"));
  }

  /** There is no licence, so it does not start until none is asked for. */
  private void licensed(String id) throws Exception {
    Api.Answer refused = api.call("POST", project + "/nodes/" + id + "/start", "");
    assertEquals(409, refused.status());
    assertTrue(refused.object().getString("message").contains("licence"));
    String license = json("{'license_check': false}");
    assertEquals(201, api.call("PUT", "/v2/iou_license", license).status());
    JsonObject started = api.post(project + "/nodes/" + id + "/start", "");
    assertEquals("started", started.getString("status"));
  }

  private void pinged(String link, String router, String pc) throws Exception {
    api.post(project + "/nodes/" + pc + "/start", "");
    try (Listener terminal =
            new Listener(api.socket(project + "/nodes/" + router + "/console/ws"));
        Listener prompt = new Listener(api.socket(project + "/nodes/" + pc + "/console/ws"))) {
      terminal.ask("show config", text -> text.contains("hostname IOU1"), PATIENCE);
      String ping = "ping " + IolImage.hostAt(1, 0) + " -c 1";
      prompt.ask(ping, text -> text.contains("ttl="), PATIENCE);
      terminal.ask("write saved", text -> text.contains("[OK]"), PATIENCE);
    }
    assertEquals(201, api.call("PUT", project + "/links/" + link, "{\"suspend\": true}").status());
    assertEquals(204, api.call("POST", project + "/nodes/stop", "").status());
    String config = project + "/nodes/" + router + "/files/startup-config.cfg";
    assertTrue(api.call("GET", config, "").response().body().contains("hostname saved"));
    assertEquals(200, api.call("POST", project + "/nodes/" + router + "/reload", "").status());
    assertEquals(204, api.call("POST", project + "/nodes/stop", "").status());
  }

  /** What the PC sends comes back from the router, so each frame is in the capture twice. */
  private void framesPass(String link, String router, String pc) throws Exception {
    assertEquals(204, api.call("POST", project + "/nodes/start", "").status());
    JsonObject capture =
        api.post(
            project + "/links/" + link + "/start_capture",
            json("{'capture_file_name': 'r.pcap', 'data_link_type': 'DLT_EN10MB'}"));
    Path file = Path.of(capture.getString("capture_file_path"));
    try (Listener terminal =
            new Listener(api.socket(project + "/nodes/" + router + "/console/ws"));
        Listener prompt = new Listener(api.socket(project + "/nodes/" + pc + "/console/ws"))) {
      terminal.ask("say so", text -> text.contains("SAY SO"), PATIENCE);
      prompt.say("ping 10.7.7.9 -c 1\r");
      Deadline.await("marked frames", () -> holdsMark(file));
    }
    String log = project + "/nodes/" + router + "/console/log";
    assertTrue(api.call("GET", log, "").response().body().contains(RouterImage.GREETING));
    assertEquals(204, api.call("POST", project + "/nodes/stop", "").status());
  }

  /** A question of ARP whose first octet behind the EtherType is not that of Ethernet any more. */
  private static boolean holdsMark(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      for (int i = 0; i + 2 < content.length; i++) {
        if (content[i] == 0x08 && content[i + 1] == 0x06 && content[i + 2] == RouterImage.MARK) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void duplicate(String router) throws Exception {
    JsonObject copy =
        api.post(project + "/nodes/" + router + "/duplicate", json("{'x': 10, 'y': 10, 'z': 1}"));
    JsonObject properties = copy.getJsonObject("properties");
    assertEquals("PA-4T+", properties.getString("slot1"));
    assertEquals(2, properties.getInt("dynamips_id"));
    String config =
        project + "/nodes/" + copy.getString("node_id") + "/files/configs/i2_startup-config.cfg";
    assertTrue(
        api.call("GET", config, "")
            .response()
            .body()
            .contains("hostname " + copy.getString("name")));
  }
}
