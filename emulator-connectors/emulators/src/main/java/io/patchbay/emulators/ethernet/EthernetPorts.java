package io.patchbay.emulators.ethernet;

import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;

/** The {@code ports_mapping} of switches and hubs. */
final class EthernetPorts {
  private static final int DEFAULT_COUNT = 8;

  private EthernetPorts() {}

  /** Eight ports, Ethernet0 to Ethernet7, each with some more fields. */
  static JsonArray defaults(JsonObject more) {
    JsonArrayBuilder ports = Json.createArrayBuilder();
    for (int number = 0; number < DEFAULT_COUNT; number++) {
      ports.add(named(more, number));
    }
    return ports.build();
  }

  /** The same ports named and numbered in their order, which is what a change of ports gives. */
  static JsonArray renumbered(JsonArray given) {
    JsonArrayBuilder ports = Json.createArrayBuilder();
    int number = 0;
    for (JsonObject port : given.getValuesAs(JsonObject.class)) {
      ports.add(named(port, number++));
    }
    return ports.build();
  }

  private static JsonObjectBuilder named(JsonObject port, int number) {
    return Json.createObjectBuilder(port)
        .add("name", "Ethernet" + number)
        .add("port_number", number);
  }

  static List<Integer> numbers(JsonArray ports) {
    return ports.getValuesAs(JsonObject.class).stream()
        .map(port -> port.getInt("port_number"))
        .toList();
  }

  /** The ports that a request names; empty array or null count as what they are. */
  static JsonArray given(JsonObject settings, JsonArray otherwise) {
    return settings.get("ports_mapping") instanceof JsonArray ports ? ports : otherwise;
  }

  static final JsonObject NOTHING_MORE = JsonValue.EMPTY_JSON_OBJECT;
}
