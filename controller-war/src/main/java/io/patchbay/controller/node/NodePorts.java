package io.patchbay.controller.node;

import io.patchbay.spi.Json;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKinds;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;
import java.util.TreeSet;

/** The ports of a node, which follow from its kind, its settings and its properties. */
public final class NodePorts {
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
                  case SINGLE_ETHERNET -> single();
                  case ETHERNET_PORTS_MAPPING -> mapped(node, false);
                  case NAMED_PORTS_MAPPING -> mapped(node, true);
                  case ETHERNET_ADAPTERS -> AdapterPorts.formatted(node, 1);
                  case FOUR_PORT_ADAPTERS -> AdapterPorts.formatted(node, 4);
                  case CONTAINER_ADAPTERS -> AdapterPorts.container(node);
                  case ROUTER_SLOTS -> RouterPorts.of(node.getJsonObject("properties"));
                  case ATM_MAPPINGS -> virtualCircuits(node, Port.ATM);
                  case FRAME_RELAY_MAPPINGS -> virtualCircuits(node, Port.FRAME_RELAY);
                })
        .orElse(JsonValue.EMPTY_JSON_ARRAY);
  }

  /** Such a port has one name, whatever the settings for port names say. */
  private static JsonArray single() {
    return Json.createArrayBuilder()
        .add(Port.ETHERNET.describe(Port.ETHERNET.name("0"), Port.ETHERNET.shortName("0"), 0, 0))
        .build();
  }

  private static JsonArray mapped(JsonObject node, boolean named) {
    JsonArrayBuilder ports = Json.createArrayBuilder();
    if (node.getJsonObject("properties").get("ports_mapping") instanceof JsonArray mapping) {
      for (JsonObject port : mapping.getValuesAs(JsonObject.class)) {
        int number = port.getInt("port_number");
        String name = port.getString("name");
        ports.add(
            Port.ETHERNET.describe(
                name, named ? name : Port.ETHERNET.shortName("" + number), 0, number));
      }
    }
    return ports.build();
  }

  /** The ports that circuits such as {@code "1:101": "2:202"} begin and end at. */
  private static JsonArray virtualCircuits(JsonObject node, Port type) {
    Set<Integer> numbers = new TreeSet<>();
    if (node.getJsonObject("properties").get("mappings") instanceof JsonObject mappings) {
      mappings.forEach(
          (from, to) -> {
            addPort(numbers, from);
            if (to instanceof JsonString text) {
              addPort(numbers, text.getString());
            }
          });
    }
    JsonArrayBuilder ports = Json.createArrayBuilder();
    numbers.forEach(number -> ports.add(type.describe("" + number, "" + number, 0, number)));
    return ports.build();
  }

  private static void addPort(Set<Integer> numbers, String end) {
    String number = end.split(":", 2)[0];
    if (number.matches("\\d{1,9}")) {
      numbers.add(Integer.valueOf(number));
    }
  }
}
