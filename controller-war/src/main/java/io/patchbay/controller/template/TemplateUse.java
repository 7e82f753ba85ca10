package io.patchbay.controller.template;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;

/** How a template becomes the request for a node. */
final class TemplateUse {
  /** Fields that a node has itself; all others are properties, which its emulator understands. */
  private static final Set<String> OF_NODE =
      Set.of(
          "symbol",
          "console",
          "console_type",
          "console_auto_start",
          "custom_adapters",
          "first_port_name",
          "label",
          "locked",
          "port_name_format",
          "port_segment_size",
          "template_id");

  /** Fields that concern the template alone. */
  private static final Set<String> OF_TEMPLATE =
      Set.of(
          "builtin",
          "category",
          "compute_id",
          "default_name_format",
          "height",
          "name",
          "properties",
          "template_type",
          "width");

  private TemplateUse() {}

  /**
   * @param use what the user wants: x, y, perhaps a name
   * @param compute where the node will be
   */
  static JsonObject node(JsonObject template, JsonObject use, String compute) {
    JsonObjectBuilder node = Json.createObjectBuilder();
    JsonObjectBuilder properties = Json.createObjectBuilder();
    if (template.get("properties") instanceof JsonObject given) {
      given.forEach(properties::add);
    }
    template.forEach(
        (field, value) -> {
          if (OF_NODE.contains(field)) {
            node.add(field, value);
          } else if (!OF_TEMPLATE.contains(field) && !isEmpty(value)) {
            properties.add(field, value);
          }
        });
    return node.add("properties", properties)
        .add("name", name(template, use))
        .add("node_type", template.get("template_type"))
        .add("compute_id", compute)
        .add("x", use.get("x"))
        .add("y", use.get("y"))
        .build();
  }

  /** An emulator has defaults of its own for what a template says nothing about. */
  private static boolean isEmpty(JsonValue value) {
    return value == JsonValue.NULL
        || value instanceof JsonString text && text.getString().isEmpty();
  }

  private static String name(JsonObject template, JsonObject use) {
    return use.get("name") instanceof JsonString wanted
        ? wanted.getString()
        : template
            .getString("default_name_format", "{name}-{0}")
            .replace("{name}", template.getString("name"));
  }

  /** The compute that the template names, else the one that the user chose. */
  static String compute(JsonObject template, JsonObject use) {
    return template.get("compute_id") instanceof JsonString fixed
        ? fixed.getString()
        : use.get("compute_id") instanceof JsonString chosen ? chosen.getString() : "";
  }
}
