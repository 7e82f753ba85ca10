package io.patchbay.controller.node;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;

/** How requests become stored nodes. */
final class NodeForm {
  /** Fields that a request may carry although they are answers only. */
  private static final Set<String> NOT_STORED =
      Set.of(
          "project_id",
          "status",
          "command_line",
          "node_directory",
          "console_host",
          "ports",
          "width",
          "height");

  /** Fields of a change that are dealt with on their own, or never change. */
  private static final Set<String> NOT_CHANGED =
      Set.of("name", "node_id", "node_type", "compute_id", "properties", "label", "symbol");

  private NodeForm() {}

  static JsonObject create(JsonObject body, String nodeId, String name) {
    String symbol =
        body.get("symbol") instanceof JsonString given ? given.getString() : Symbols.COMPUTER;
    JsonObjectBuilder node =
        Json.createObjectBuilder()
            .addNull("console")
            .addNull("console_type")
            .add("console_auto_start", false)
            .add("custom_adapters", JsonValue.EMPTY_JSON_ARRAY)
            .addNull("first_port_name")
            .add("locked", false)
            .add("port_name_format", "Ethernet{0}")
            .add("port_segment_size", 0)
            .add("properties", JsonValue.EMPTY_JSON_OBJECT)
            .addNull("template_id")
            .add("x", 0)
            .add("y", 0)
            .add("z", 1);
    body.forEach(
        (field, value) -> {
          if (!NOT_STORED.contains(field)) {
            node.add(field, value);
          }
        });
    node.add("node_id", nodeId).add("name", name);
    draw(node, symbol);
    JsonObject given = body.get("label") instanceof JsonObject label ? label : defaultLabel(symbol);
    return node.add("label", labelled(given, name)).build();
  }

  /** A stored node with what a hand-written file may leave out. */
  static JsonObject complete(JsonObject stored) {
    JsonObjectBuilder node = Json.createObjectBuilder();
    node.add("properties", JsonValue.EMPTY_JSON_OBJECT);
    node.add("label", defaultLabel(stored.getString("symbol", Symbols.COMPUTER)));
    stored.forEach(node::add);
    return node.build();
  }

  private static JsonObject defaultLabel(String symbol) {
    return Json.createObjectBuilder()
        .add("rotation", 0)
        .addNull("style")
        .addNull("x")
        .add("y", -(Symbols.size(symbol).height() / 2) - 10)
        .build();
  }

  private static void draw(JsonObjectBuilder node, String symbol) {
    Symbols.Size size = Symbols.size(symbol);
    node.add("symbol", symbol).add("width", size.width()).add("height", size.height());
  }

  /** A label always says the node's name. */
  private static JsonObject labelled(JsonObject label, String name) {
    return Json.createObjectBuilder(label).add("text", name).build();
  }

  static JsonObject change(JsonObject stored, JsonObject body, String name) {
    JsonObjectBuilder node = Json.createObjectBuilder(stored);
    body.forEach(
        (field, value) -> {
          if (!NOT_STORED.contains(field) && !NOT_CHANGED.contains(field)) {
            node.add(field, value);
          }
        });
    if (body.get("symbol") instanceof JsonString symbol) {
      draw(node, symbol.getString());
    }
    JsonObject label =
        body.get("label") instanceof JsonObject given ? given : stored.getJsonObject("label");
    return node.add("name", name).add("label", labelled(label, name)).build();
  }

  /** What a compute needs to make the node. */
  static JsonObject computeCreate(JsonObject stored) {
    JsonObjectBuilder body =
        Json.createObjectBuilder(stored.getJsonObject("properties"))
            .add("name", stored.getString("name"))
            .add("node_id", stored.getString("node_id"));
    addConsole(body, stored);
    return body.build();
  }

  /** What a compute needs to know of a change. */
  static JsonObject computeUpdate(JsonObject stored, JsonObject change) {
    JsonObjectBuilder body =
        Json.createObjectBuilder(
            change.get("properties") instanceof JsonObject given
                ? given
                : JsonValue.EMPTY_JSON_OBJECT);
    // Clients send properties back as they got them.
    body.remove(Node.PROBLEM);
    body.add("name", stored.getString("name"));
    addConsole(body, stored);
    return body.build();
  }

  private static void addConsole(JsonObjectBuilder body, JsonObject stored) {
    for (String field : Set.of("console", "console_type")) {
      JsonValue value = stored.getOrDefault(field, JsonValue.NULL);
      if (value != JsonValue.NULL) {
        body.add(field, value);
      }
    }
  }

  /** Whether a change is the compute's business too. */
  static boolean concernsCompute(JsonObject change) {
    return change.containsKey("name")
        || change.containsKey("console")
        || change.containsKey("console_type")
        || change.containsKey("properties");
  }
}
