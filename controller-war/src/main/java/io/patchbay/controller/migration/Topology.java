package io.patchbay.controller.migration;

import io.patchbay.spi.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Edits the nodes of a project file of revision 5 or later. */
final class Topology {
  private Topology() {}

  static JsonObject eachNode(JsonObject file, UnaryOperator<JsonObject> edit) {
    JsonArrayBuilder nodes = Json.createArrayBuilder();
    nodes(file).forEach(node -> nodes.add(edit.apply(node)));
    if (!(file.get("topology") instanceof JsonObject topology)) {
      return file;
    }
    return with(file, "topology", with(topology, "nodes", nodes.build()));
  }

  static List<JsonObject> nodes(JsonObject file) {
    return file.get("topology") instanceof JsonObject topology && topology.containsKey("nodes")
        ? topology.getJsonArray("nodes").getValuesAs(JsonObject.class)
        : List.of();
  }

  static String kind(JsonObject node) {
    return node.getString("node_type", "");
  }

  static JsonObject properties(JsonObject node) {
    return node.get("properties") instanceof JsonObject properties
        ? properties
        : JsonValue.EMPTY_JSON_OBJECT;
  }

  static JsonObject with(JsonObject object, String field, JsonValue value) {
    return Json.createObjectBuilder(object).add(field, value).build();
  }

  /** A node without some of its properties; one that has no properties stays as it is. */
  static JsonObject withoutProperties(JsonObject node, Set<String> names) {
    if (!node.containsKey("properties")) {
      return node;
    }
    JsonObjectBuilder properties = Json.createObjectBuilder(properties(node));
    names.forEach(properties::remove);
    return with(node, "properties", properties.build());
  }
}
