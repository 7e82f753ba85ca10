package io.patchbay.controller.node;

import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKinds;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/** The ports of a node, which follow from its kind and its properties. */
public final class NodePorts {
  private static final JsonObject ETHERNET_CAPTURE =
      Json.createObjectBuilder().add("Ethernet", "DLT_EN10MB").build();

  private NodePorts() {}

  /**
   * @param node as it is stored: with node_type, properties and the settings for port names
   */
  public static JsonArray of(JsonObject node) {
    return NodeKinds.find(node.getString("node_type"))
        .map(NodeKind::ports)
        .map(
            layout ->
                switch (layout) {
                  case SINGLE_ETHERNET -> single(node);
                  case ETHERNET_PORTS_MAPPING -> mapped(node);
                })
        .orElse(JsonValue.EMPTY_JSON_ARRAY);
  }

  private static JsonArray single(JsonObject node) {
    String name =
        node.get("first_port_name") instanceof JsonString first && !first.getString().isEmpty()
            ? first.getString()
            : node.getString("port_name_format", "Ethernet{0}").replaceAll("\\{[^}]*\\}", "0");
    return Json.createArrayBuilder().add(ethernet(name, "e0", 0)).build();
  }

  private static JsonArray mapped(JsonObject node) {
    JsonArrayBuilder ports = Json.createArrayBuilder();
    if (node.getJsonObject("properties").get("ports_mapping") instanceof JsonArray mapping) {
      for (JsonObject port : mapping.getValuesAs(JsonObject.class)) {
        int number = port.getInt("port_number");
        ports.add(ethernet(port.getString("name"), "e" + number, number));
      }
    }
    return ports.build();
  }

  private static JsonObjectBuilder ethernet(String name, String shortName, int number) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("short_name", shortName)
        .add("adapter_number", 0)
        .add("port_number", number)
        .add("link_type", "ethernet")
        .add("data_link_types", ETHERNET_CAPTURE);
  }
}
