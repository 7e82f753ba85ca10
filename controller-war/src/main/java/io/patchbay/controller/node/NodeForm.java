package io.patchbay.controller.node;

import io.patchbay.controller.picture.Size;
import io.patchbay.controller.symbol.SymbolLibrary;
import io.patchbay.spi.Json;
import io.patchbay.spi.NodeKind.PortLayout;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.NodeKinds;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
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

  /** What a compute is told when it changes; the rest is the controller's alone. */
  private static final Set<String> OF_COMPUTE =
      Set.of("name", "console", "console_type", "properties", "custom_adapters");

  private static final int USUAL_HEIGHT = 60;

  private NodeForm() {}

  static JsonObject create(JsonObject body, String nodeId, String name, SymbolLibrary symbols) {
    boolean fourPorts =
        NodeKinds.find(body.getString("node_type"))
            .filter(kind -> kind.ports() == PortLayout.FOUR_PORT_ADAPTERS)
            .isPresent();
    JsonObjectBuilder node =
        Json.createObjectBuilder()
            .addNull("console")
            .addNull("console_type")
            .add("console_auto_start", false)
            .add("custom_adapters", JsonValue.EMPTY_JSON_ARRAY)
            .addNull("first_port_name")
            .add("locked", false)
            .add("port_name_format", fourPorts ? PortNameFormat.SEGMENTED : PortNameFormat.DEFAULT)
            .add("port_segment_size", fourPorts ? 4 : 0)
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
    Size size = draw(node, body, symbols);
    JsonObject given =
        body.get("label") instanceof JsonObject label ? label : defaultLabel(size.height());
    return checked(node.add("label", labelled(given, name)).build());
  }

  private static Size draw(JsonObjectBuilder node, JsonObject body, SymbolLibrary symbols) {
    String symbol =
        body.get("symbol") instanceof JsonString given && symbols.isReadable(given.getString())
            ? given.getString()
            : SymbolLibrary.COMPUTER;
    Size size = symbols.size(symbol);
    node.add("symbol", symbol).add("width", size.width()).add("height", size.height());
    return size;
  }

  /** Refuses what no answer could show. */
  private static JsonObject checked(JsonObject node) {
    PortNameFormat.of(node).check();
    return node;
  }

  /** A stored node with what a hand-written file may leave out. */
  static JsonObject complete(JsonObject stored) {
    JsonObjectBuilder node = Json.createObjectBuilder();
    node.add("properties", JsonValue.EMPTY_JSON_OBJECT);
    node.add("label", defaultLabel(stored.getInt("height", USUAL_HEIGHT)));
    stored.forEach(node::add);
    return node.build();
  }

  /** Above the picture, a little apart from it. */
  private static JsonObject defaultLabel(int height) {
    return Json.createObjectBuilder()
        .add("rotation", 0)
        .addNull("style")
        .addNull("x")
        .add("y", -(int) Math.rint(height / 2.0 + 10))
        .build();
  }

  /** A label always says the node's name. */
  private static JsonObject labelled(JsonObject label, String name) {
    return Json.createObjectBuilder(label).add("text", name).build();
  }

  static JsonObject change(JsonObject stored, JsonObject body, String name, SymbolLibrary symbols) {
    JsonObjectBuilder node = Json.createObjectBuilder(stored);
    body.forEach(
        (field, value) -> {
          if (!NOT_STORED.contains(field) && !NOT_CHANGED.contains(field)) {
            node.add(field, value);
          }
        });
    if (body.containsKey("symbol")) {
      draw(node, body, symbols);
    }
    if (body.get("properties") instanceof JsonObject properties
        && properties.get("custom_adapters") instanceof JsonArray adapters) {
      node.add("custom_adapters", adapters);
    }
    JsonObject label =
        body.get("label") instanceof JsonObject given ? given : renamed(stored, name);
    return checked(node.add("name", name).add("label", labelled(label, name)).build());
  }

  /** The label of a node that gets another name is centred anew by the client. */
  private static JsonObject renamed(JsonObject stored, String name) {
    JsonObject label = stored.getJsonObject("label");
    return name.equals(stored.getString("name"))
        ? label
        : Json.createObjectBuilder(label).addNull("x").build();
  }

  /** What a compute needs to make the node. */
  static JsonObject computeCreate(JsonObject stored) {
    return toCompute(stored.getJsonObject("properties"), stored)
        .add("node_id", stored.getString("node_id"))
        .build();
  }

  /** What a compute needs to know of a change. */
  static JsonObject computeUpdate(JsonObject stored, JsonObject change) {
    return toCompute(
            change.get("properties") instanceof JsonObject given
                ? given
                : JsonValue.EMPTY_JSON_OBJECT,
            stored)
        .build();
  }

  /** Properties without a value are left out: a compute may not know them. */
  private static JsonObjectBuilder toCompute(JsonObject properties, JsonObject stored) {
    JsonObjectBuilder body = Json.createObjectBuilder();
    properties.forEach(
        (field, value) -> {
          // Clients send properties back as they got them, what is wrong with the node included.
          if (value != JsonValue.NULL
              && !value.equals(JsonValue.EMPTY_JSON_OBJECT)
              && !field.equals(Node.PROBLEM)) {
            body.add(field, value);
          }
        });
    body.add("name", stored.getString("name"));
    if (stored.get("console") instanceof JsonNumber console) {
      body.add("console", console);
    }
    if (stored.get("console_type") instanceof JsonString type && takesConsoleType(stored)) {
      body.add("console_type", type);
    }
    if (stored.get("custom_adapters") instanceof JsonArray adapters && !adapters.isEmpty()) {
      body.add("custom_adapters", adapters);
    }
    return body;
  }

  private static boolean takesConsoleType(JsonObject stored) {
    return NodeKinds.find(stored.getString("node_type"))
        .filter(kind -> kind.has(Trait.CONSOLE_TYPE))
        .isPresent();
  }

  /** Whether a change is the compute's business too; clients also send what stays as it is. */
  static boolean concernsCompute(JsonObject stored, JsonObject change) {
    return OF_COMPUTE.stream()
        .anyMatch(
            field -> change.containsKey(field) && !change.get(field).equals(stored.get(field)));
  }
}
