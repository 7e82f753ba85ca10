package io.patchbay.controller.migration;

import io.patchbay.spi.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which port of GNS3 1.x, known by a number of its own, is which adapter and port of which node.
 */
final class OldPorts {
  private final Map<Integer, Port> ports = new HashMap<>();
  private final Map<Integer, String> nodes = new HashMap<>();

  private record Port(int adapter, int number) {}

  void addNode(JsonObject old, String nodeId) {
    nodes.put(Old.integer(old.get("id")), nodeId);
  }

  /**
   * @param shift added to the port's number
   */
  void add(JsonObject old, int shift) {
    add(old, Old.integer(old, "adapter_number", 0), Old.integer(old, "port_number", 0) + shift);
  }

  void add(JsonObject old, int adapter, int number) {
    ports.put(Old.integer(old.get("id")), new Port(adapter, number));
  }

  /** The ends of a link; fewer than two where one was of a kind that exists no longer. */
  List<JsonObject> ends(JsonObject link) {
    return List.of("source", "destination").stream()
        .map(side -> end(link, side))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<JsonObject> end(JsonObject link, String side) {
    if (!(link.get(side + "_port_id") instanceof JsonNumber portId)
        || !(link.get(side + "_node_id") instanceof JsonNumber nodeId)) {
      return Optional.empty();
    }
    Port port = ports.get(portId.intValue());
    String node = nodes.get(nodeId.intValue());
    if (port == null || node == null) {
      return Optional.empty();
    }
    JsonObjectBuilder end =
        Json.createObjectBuilder()
            .add("adapter_number", port.adapter())
            .add("port_number", port.number())
            .add("node_id", node);
    return Optional.of(end.build());
  }
}
