package io.patchbay.controller.archive;

import io.patchbay.controller.node.NodeImages;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A project's file as an archive has it.
 *
 * @param images those that its nodes use; empty unless they were asked for
 */
record PortableFile(JsonObject file, Set<Image> images) {
  /** Machines that belong to a hypervisor of one computer and are no files of the project. */
  private static final Set<String> TIED = Set.of("virtualbox", "vmware");

  private static final String CLONES_TIED = "virtualbox";
  private static final Set<String> MAC_ADDRESSES = Set.of("mac_addr", "mac_address");

  /**
   * @param value the property's value: a name, or a path
   */
  record Image(String computeId, String kind, String value) {}

  /**
   * @throws LabException (CONFLICT) if a node cannot be taken elsewhere
   */
  static PortableFile of(JsonObject file, ExportOptions options) {
    Set<Image> images = new LinkedHashSet<>();
    JsonObject topology = file.getJsonObject("topology");
    JsonArrayBuilder nodes = Json.createArrayBuilder();
    for (JsonObject node : topology.getJsonArray("nodes").getValuesAs(JsonObject.class)) {
      nodes.add(node(node, options, images));
    }
    JsonObjectBuilder portable = Json.createObjectBuilder(topology).add("nodes", nodes);
    if (!options.keepComputeIds()) {
      // Where computes are, and how to log in there, is nobody else's business.
      portable.add("computes", JsonValue.EMPTY_JSON_ARRAY);
    }
    return new PortableFile(
        Json.createObjectBuilder(file).add("topology", portable).build(), images);
  }

  private static JsonObject node(JsonObject node, ExportOptions options, Set<Image> images) {
    String kind = node.getString("node_type");
    JsonObject before =
        node.get("properties") instanceof JsonObject given ? given : JsonValue.EMPTY_JSON_OBJECT;
    if (kind.equals(CLONES_TIED) && before.getBoolean("linked_clone", false)
        || TIED.contains(kind) && !options.everyKind()) {
      throw LabException.conflict(
          "A project with "
              + kind
              + " nodes, such as "
              + node.getString("name", "one")
              + ", cannot be exported");
    }
    JsonObjectBuilder properties = Json.createObjectBuilder(before);
    for (String name : NodeImages.properties(kind, before)) {
      String value = before.getString(name);
      if (options.images()) {
        images.add(new Image(node.getString("compute_id", "local"), kind, value));
      }
      if (!options.keepComputeIds()) {
        properties.add(name, NodeImages.fileName(value));
      }
    }
    if (options.resetMacAddresses()) {
      resetMacAddresses(before, properties);
    }
    JsonObjectBuilder portable = Json.createObjectBuilder(node);
    if (node.containsKey("properties")) {
      portable.add("properties", properties);
    }
    if (!options.keepComputeIds()) {
      portable.add("compute_id", "local");
    }
    return portable.build();
  }

  /** A node without one gets a new one when it is made. */
  static void resetMacAddresses(JsonObject before, JsonObjectBuilder properties) {
    MAC_ADDRESSES.stream().filter(before::containsKey).forEach(properties::addNull);
  }
}
