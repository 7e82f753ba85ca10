package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Templates, symbols and what an administrator sees, through the public API. */
class CatalogIT {
  private final Api api = Servers.shared().api();

  @Test
  void aTemplateIsCachedByItsTagAndToldToWatchers() throws Exception {
    try (Listener events = new Listener(api.socket("/v2/notifications/ws"))) {
      JsonObject template =
          api.post(
              "/v2/templates",
              "{\"name\": \"it\", \"template_type\": \"vpcs\", \"compute_id\": \"local\"}");
      String path = "/v2/templates/" + template.getString("template_id");
      Api.Answer first = api.call("GET", path, "");
      String tag = first.header("ETag");
      assertTrue(tag.startsWith("\""), tag);
      assertEquals(304, conditional(path, tag).statusCode());
      assertEquals(200, api.call("PUT", path, "{\"name\": \"other\"}").status());
      assertEquals(200, conditional(path, tag).statusCode());
      assertEquals(204, api.call("DELETE", path, "").status());
      events.await(text -> text.contains("template.deleted"), Duration.ofSeconds(10));
    }
  }

  private HttpResponse<String> conditional(String path, String tag) throws Exception {
    URI socket = api.socket(path);
    return Api.HTTP.send(
        HttpRequest.newBuilder(URI.create("http://" + socket.getAuthority() + socket.getPath()))
            .header("If-None-Match", tag)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aNodeMadeFromATemplateHasTheSizeOfItsPicture() throws Exception {
    JsonObject project = api.post("/v2/projects", "{\"name\": \"it-catalog\"}");
    String path = "/v2/projects/" + project.getString("project_id");
    try {
      String svg = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30'/>";
      assertEquals(204, api.call("POST", "/v2/symbols/it.svg/raw", svg).status());
      assertEquals(
          400,
          api.call("POST", "/v2/symbols/bad.svg/raw", "<svg><script>x</script></svg>").status());
      JsonObject template =
          api.post(
              "/v2/templates",
              "{\"name\": \"Hub\", \"template_type\": \"ethernet_hub\", \"compute_id\": \"local\","
                  + "\"symbol\": \"it.svg\", \"default_name_format\": \"{name}-{0}\"}");
      String id = template.getString("template_id");
      JsonObject node = api.post(path + "/templates/" + id, "{\"x\": 3, \"y\": 4}");
      assertEquals("Hub-1", node.getString("name"));
      assertEquals(40, node.getInt("width"));
      assertEquals(-25, node.getJsonObject("label").getInt("y"));
      assertEquals(id, node.getString("template_id"));
      assertEquals(8, node.getJsonArray("ports").size());
      assertEquals(204, api.call("DELETE", "/v2/templates/" + id, "").status());
    } finally {
      api.call("DELETE", path, "");
    }
  }

  @Test
  void aNameIsFreeAgainWhenItsNodeWasRefused() throws Exception {
    JsonObject project = api.post("/v2/projects", "{\"name\": \"it-refused\"}");
    String path = "/v2/projects/" + project.getString("project_id");
    String hub =
        "{\"name\": \"HUB\", \"node_type\": \"ethernet_hub\", \"compute_id\": \"local\"%s}";
    try {
      String refused = hub.formatted(", \"port_name_format\": \"{nothing}\"");
      assertEquals(409, api.call("POST", path + "/nodes", refused).status());
      assertEquals("HUB", api.post(path + "/nodes", hub.formatted("")).getString("name"));
      assertEquals(1, api.call("GET", path + "/nodes", "").array().size());
    } finally {
      api.call("DELETE", path, "");
    }
  }

  @Test
  void aServerThatIsReadyTellsWhatItHolds() throws Exception {
    JsonObject ready = api.call("GET", "/health/ready", "").object();
    assertEquals("UP", ready.getString("status"));
    assertFalse(ready.getJsonArray("checks").isEmpty());
    assertEquals(200, api.call("GET", "/health/live", "").status());
  }

  @Test
  void aLocalServerKeepsTemplatesAndEndsWhenAClientSaysSo() throws Exception {
    Server server = Servers.local();
    JsonObject template =
        server
            .api()
            .post(
                "/v2/templates",
                "{\"name\": \"kept\", \"template_type\": \"vpcs\", \"compute_id\": \"local\"}");
    String path = "/v2/templates/" + template.getString("template_id");
    loadFromAPath(server);
    assertEquals(201, server.api().call("POST", "/v2/debug", "").status());
    assertTrue(Files.size(server.home().resolve("configs/debug/controller.txt")) > 0);
    assertEquals(201, server.api().call("POST", "/v2/shutdown", "").status());
    server.awaitEnd();
    server.restart();
    assertEquals("kept", server.api().call("GET", path, "").object().getString("name"));
    server.api().call("DELETE", path, "");
  }

  private static void loadFromAPath(Server server) throws Exception {
    Path directory = Files.createDirectories(server.home().resolve("elsewhere"));
    Path file = directory.resolve("loaded.gns3");
    String id = "11111111-2222-4333-8444-000000000405";
    Files.writeString(
        file,
        """
        {"project_id": "%s", "name": "loaded", "revision": 9, "type": "topology", "version": "2.2.60",
         "topology": {"nodes": [{"node_id": "11111111-2222-4333-8444-000000000406", "name": "HUB",
           "node_type": "ethernet_hub", "compute_id": "local", "properties": {}}]}}\
        """
            .formatted(id));
    Api api = server.api();
    JsonObject loaded = api.post("/v2/projects/load", "{\"path\": \"%s\"}".formatted(file));
    assertEquals("opened", loaded.getString("status"));
    assertEquals(directory.toString(), loaded.getString("path"));
    assertEquals(1, api.call("GET", "/v2/projects/" + id + "/nodes", "").array().size());
    assertEquals(
        409, api.call("POST", "/v2/projects/load", "{\"path\": \"/nowhere/x.gns3\"}").status());
    assertEquals(204, api.call("POST", "/v2/projects/" + id + "/close", "").status());
    assertEquals(409, api.call("DELETE", "/v2/projects/" + id, "").status());
    assertTrue(Files.exists(file), "what lies elsewhere is the user's");
  }
}
