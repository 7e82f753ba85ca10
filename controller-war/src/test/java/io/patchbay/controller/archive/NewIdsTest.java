package io.patchbay.controller.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewIdsTest {
  @TempDir private Path directory;

  private static JsonObject file(String nodeId) {
    String text =
        """
        {"topology": {
          "nodes": [{"node_id": "%s", "properties": {"mac_address": "00:01", "ram": 1}}],
          "links": [{"link_id": "l", "nodes": [{"node_id": "%s", "port_number": 3},
                                               {"node_id": "unknown"}]}],
          "drawings": [{"drawing_id": "d", "svg": "<svg/>"}]}}
        """
            .formatted(nodeId, nodeId);
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static JsonObject first(JsonObject file, String part) {
    return file.getJsonObject("topology").getJsonArray(part).getJsonObject(0);
  }

  @Test
  void everythingGetsANewIdAndNodesKeepTheirFilesAndLinks() throws IOException {
    Files.createDirectories(directory.resolve("project-files/vpcs/old-node"));
    Files.writeString(directory.resolve("project-files/vpcs/old-node/startup.vpc"), "x");

    JsonObject renewed = new NewIds(false).apply(file("old-node"), directory);

    String node = first(renewed, "nodes").getString("node_id");
    assertNotEquals("old-node", node);
    assertEquals(
        "x", Files.readString(directory.resolve("project-files/vpcs/" + node + "/startup.vpc")));
    JsonObject link = first(renewed, "links");
    assertNotEquals("l", link.getString("link_id"));
    assertEquals(node, link.getJsonArray("nodes").getJsonObject(0).getString("node_id"));
    assertEquals(3, link.getJsonArray("nodes").getJsonObject(0).getInt("port_number"));
    assertEquals("unknown", link.getJsonArray("nodes").getJsonObject(1).getString("node_id"));
    assertNotEquals("d", first(renewed, "drawings").getString("drawing_id"));
    assertEquals(
        "00:01", first(renewed, "nodes").getJsonObject("properties").getString("mac_address"));
  }

  @Test
  void aNodeIsTheSameInTheProjectAndItsSnapshots() throws IOException {
    NewIds ids = new NewIds(false);
    assertEquals(
        first(ids.apply(file("a"), directory), "nodes").getString("node_id"),
        first(ids.apply(file("a"), directory), "nodes").getString("node_id"));
  }

  @Test
  void macAddressesAreForgottenWhenAskedTo() throws IOException {
    JsonObject properties =
        first(new NewIds(true).apply(file("a"), directory), "nodes").getJsonObject("properties");
    assertEquals(JsonValue.NULL, properties.get("mac_address"));
    assertEquals(1, properties.getInt("ram"));
  }

  @Test
  void anIdThatIsAPathMovesNothing() throws IOException {
    Files.createDirectories(directory.resolve("project-files/vpcs"));
    Files.createDirectories(directory.resolve("other"));
    new NewIds(false).apply(file("../../other"), directory);
    assertTrue(Files.exists(directory.resolve("other")));
  }
}
