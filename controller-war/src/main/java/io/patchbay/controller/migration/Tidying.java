package io.patchbay.controller.migration;

import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * Oddities that files of the present revision may have, being written by GNS3 2.2 in the making.
 */
final class Tidying {
  private Tidying() {}

  static JsonObject of(JsonObject file) {
    JsonObject nodes = Topology.eachNode(file, Tidying::node);
    return nodes.get("variables") instanceof JsonArray variables
        ? Topology.with(nodes, "variables", named(variables))
        : nodes;
  }

  private static JsonObject node(JsonObject node) {
    boolean appliance = node.containsKey("appliance_id");
    boolean noConsole = node.get("console_type") == JsonValue.NULL;
    if (!appliance && !noConsole) {
      return node;
    }
    JsonObjectBuilder tidy = Json.createObjectBuilder(node);
    if (appliance) {
      tidy.add("template_id", node.get("appliance_id")).remove("appliance_id");
    }
    if (noConsole) {
      tidy.add("console_type", "none");
    }
    return tidy.build();
  }

  /** Variables without a name cannot be used. */
  private static JsonArray named(JsonArray variables) {
    JsonArrayBuilder named = Json.createArrayBuilder();
    variables.stream()
        .filter(
            variable ->
                Optional.of(variable)
                    .filter(JsonObject.class::isInstance)
                    .map(object -> object.asJsonObject().get("name"))
                    .filter(JsonString.class::isInstance)
                    .filter(name -> !((JsonString) name).getString().isEmpty())
                    .isPresent())
        .forEach(named::add);
    return named.build();
  }
}
