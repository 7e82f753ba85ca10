package io.patchbay.controller.migration;

import io.patchbay.spi.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * From GNS3 1.0 to 1.5 (revisions 0 to 4, alike as far as they matter): nodes were of classes of
 * the desktop program and had ports with numbers of their own.
 */
final class ToRevision5 implements Migration {

  @Override
  public int revision() {
    return 5;
  }

  @Override
  public JsonObject apply(JsonObject old, Path directory) throws IOException {
    OldSnapshots.convert(directory);
    JsonObjectBuilder topology =
        Json.createObjectBuilder()
            .add("links", JsonValue.EMPTY_JSON_ARRAY)
            .add("drawings", JsonValue.EMPTY_JSON_ARRAY)
            .add("computes", JsonValue.EMPTY_JSON_ARRAY)
            .add("nodes", JsonValue.EMPTY_JSON_ARRAY);
    if (old.get("topology") instanceof JsonObject before) {
      convert(before, directory, topology);
      renameReadme(directory);
    }
    return Json.createObjectBuilder()
        .add("type", "topology")
        .add("revision", revision())
        .add("auto_start", old.getBoolean("auto_start", false))
        .add("name", old.getString("name"))
        .add(
            "project_id",
            old.get("project_id") instanceof JsonString given
                ? given.getString()
                : UUID.randomUUID().toString())
        .add("topology", topology)
        .build();
  }

  private static void convert(JsonObject before, Path directory, JsonObjectBuilder topology)
      throws IOException {
    Map<Integer, String> computes = new HashMap<>();
    JsonArrayBuilder servers = Json.createArrayBuilder();
    for (JsonObject server : Old.list(before, "servers")) {
      JsonObject compute = compute(server);
      computes.put(Old.integer(server.get("id")), compute.getString("compute_id"));
      servers.add(compute);
    }
    OldPorts ports = new OldPorts();
    JsonArrayBuilder nodes = Json.createArrayBuilder();
    for (JsonObject node : Old.list(before, "nodes")) {
      String compute = computes.getOrDefault(Old.integer(node, "server_id", -1), "local");
      nodes.add(new OldNode(node, ports).convert(compute));
    }
    topology
        .add("computes", servers)
        .add("nodes", nodes)
        .add("links", links(before, ports))
        .add("drawings", new OldDrawings(directory).convert(before));
  }

  private static JsonObject compute(JsonObject server) {
    JsonObjectBuilder compute =
        Json.createObjectBuilder()
            .add("host", server.getString("host", "localhost"))
            .add("port", Old.integer(server, "port", 3080))
            .add("protocol", server.getString("protocol", "http"));
    if (server.getBoolean("local", false)) {
      compute.add("compute_id", "local").add("name", "Local");
    } else if (server.getBoolean("vm", false)) {
      compute.add("compute_id", "vm").add("name", "GNS3 VM");
    } else {
      compute
          .add("compute_id", UUID.randomUUID().toString())
          .add("name", "Remote " + Old.integer(server.get("id")));
    }
    return compute.build();
  }

  private static JsonArrayBuilder links(JsonObject before, OldPorts ports) {
    JsonArrayBuilder links = Json.createArrayBuilder();
    for (JsonObject link : Old.list(before, "links")) {
      List<JsonObject> ends = ports.ends(link);
      if (ends.size() == 2) {
        JsonArrayBuilder nodes = Json.createArrayBuilder();
        ends.forEach(nodes::add);
        links.add(
            Json.createObjectBuilder()
                .add("link_id", UUID.randomUUID().toString())
                .add("nodes", nodes));
      }
    }
    return links;
  }

  private static void renameReadme(Path directory) throws IOException {
    Path instructions = directory.resolve("instructions.txt");
    Path readme = directory.resolve("README.txt");
    if (Files.exists(instructions) && Files.notExists(readme)) {
      Files.move(instructions, readme);
    }
  }
}
