package io.patchbay.controller.migration;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.Set;

/**
 * From GNS3 2.1: drawings have a grid of their own, and {@code on_close} says what a virtual
 * machine does instead of two flags.
 */
final class ToRevision9 implements Migration {
  private static final Set<String> MACHINES = Set.of("qemu", "vmware", "virtualbox");

  @Override
  public int revision() {
    return 9;
  }

  @Override
  public JsonObject apply(JsonObject file, Path directory) {
    JsonObject nodes = Topology.eachNode(file, ToRevision9::node);
    return nodes.containsKey("grid_size")
        ? Topology.with(nodes, "drawing_grid_size", nodes.get("grid_size"))
        : nodes;
  }

  private static JsonObject node(JsonObject node) {
    if (!MACHINES.contains(Topology.kind(node)) || !node.containsKey("properties")) {
      return node;
    }
    JsonObject before = Topology.properties(node);
    JsonObjectBuilder properties =
        Json.createObjectBuilder(before).remove("acpi_shutdown").remove("save_vm_state");
    if (before.containsKey("acpi_shutdown")) {
      properties.add(
          "on_close",
          before.get("acpi_shutdown") == JsonValue.TRUE ? "save_vm_state" : "power_off");
    }
    return Topology.with(node, "properties", properties.build());
  }
}
