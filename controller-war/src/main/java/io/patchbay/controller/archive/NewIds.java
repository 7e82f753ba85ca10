package io.patchbay.controller.archive;

import io.patchbay.spi.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gives the nodes, links and drawings of a copied project ids of their own. A project and its
 * snapshots go through the same instance, so that a node is the same one in all of them.
 */
final class NewIds {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

  private final Map<String, String> nodes = new HashMap<>();
  private final boolean resetMacAddresses;

  NewIds(boolean resetMacAddresses) {
    this.resetMacAddresses = resetMacAddresses;
  }

  /**
   * @param directory where the project's files are; the nodes' directories are renamed
   */
  JsonObject apply(JsonObject file, Path directory) throws IOException {
    JsonObject before = file.getJsonObject("topology");
    JsonArrayBuilder nodeArray = Json.createArrayBuilder();
    for (JsonObject node : list(before, "nodes")) {
      nodeArray.add(node(node, directory));
    }
    JsonArrayBuilder linkArray = Json.createArrayBuilder();
    list(before, "links").forEach(link -> linkArray.add(link(link)));
    JsonArrayBuilder drawingArray = Json.createArrayBuilder();
    list(before, "drawings")
        .forEach(
            drawing -> drawingArray.add(Json.createObjectBuilder(drawing).add("drawing_id", id())));
    return Json.createObjectBuilder(file)
        .add(
            "topology",
            Json.createObjectBuilder(before)
                .add("nodes", nodeArray)
                .add("links", linkArray)
                .add("drawings", drawingArray))
        .build();
  }

  private static List<JsonObject> list(JsonObject topology, String part) {
    return topology.containsKey(part)
        ? topology.getJsonArray(part).getValuesAs(JsonObject.class)
        : List.of();
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private JsonObject node(JsonObject node, Path directory) throws IOException {
    String old = node.getString("node_id", "");
    String fresh = nodes.computeIfAbsent(old.isEmpty() ? id() : old, unknown -> id());
    if (PLAIN.matcher(old).matches()) {
      rename(directory.resolve("project-files"), old, fresh);
    }
    JsonObjectBuilder renamed = Json.createObjectBuilder(node).add("node_id", fresh);
    if (resetMacAddresses && node.get("properties") instanceof JsonObject before) {
      JsonObjectBuilder properties = Json.createObjectBuilder(before);
      PortableFile.resetMacAddresses(before, properties);
      renamed.add("properties", properties);
    }
    return renamed.build();
  }

  /** Each kind has a directory, and each node of that kind one inside. */
  private static void rename(Path files, String old, String fresh) throws IOException {
    if (!Files.isDirectory(files, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> kinds;
    try (Stream<Path> all = Files.list(files)) {
      kinds = all.filter(kind -> Files.isDirectory(kind, LinkOption.NOFOLLOW_LINKS)).toList();
    }
    for (Path kind : kinds) {
      Path own = kind.resolve(old);
      if (Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(own, kind.resolve(fresh));
      }
    }
  }

  private JsonObject link(JsonObject link) {
    JsonArrayBuilder ends = Json.createArrayBuilder();
    for (JsonObject end : list(link, "nodes")) {
      String old = end.getString("node_id", "");
      JsonValue fresh = Json.createValue(nodes.getOrDefault(old, old));
      ends.add(Json.createObjectBuilder(end).add("node_id", fresh));
    }
    return Json.createObjectBuilder(link).add("link_id", id()).add("nodes", ends).build();
  }
}
