package io.patchbay.controller.template;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How requests become templates. */
final class TemplateForm {
  /** Fields of every template that its type has no say in. */
  private static final Set<String> COMMON =
      Set.of("template_id", "template_type", "name", "compute_id", "builtin");

  /** Fields that a change may carry, because clients send back what they got, but never changes. */
  private static final Set<String> FIXED =
      Set.of("template_id", "template_type", "compute_id", "builtin");

  /** How clients older than 2.2 call fields. */
  private static final Map<String, String> OLD_NAMES =
      Map.of("server", "compute_id", "node_type", "template_type", "linked_base", "linked_clone");

  /** Categories by the numbers that clients older than 2.1 send. */
  private static final List<String> CATEGORIES = List.of("router", "switch", "guest", "firewall");

  private TemplateForm() {}

  /**
   * A new template, with everything filled in that its type has a default for.
   *
   * @throws LabException (INVALID) that says what is wrong
   */
  static JsonObject create(JsonObject body, String id) {
    JsonObject template = modern(body);
    String type = template.getString("template_type");
    JsonObjectBuilder own = Json.createObjectBuilder();
    JsonObjectBuilder common = Json.createObjectBuilder();
    template.forEach((field, value) -> (COMMON.contains(field) ? common : own).add(field, value));
    JsonObject fields =
        TemplateSchema.of(type)
            .orElseThrow(
                () -> LabException.invalid("There are no templates of type '" + type + "' to add"))
            .complete(own.build());
    return Json.createObjectBuilder(fields)
        .addAll(common)
        .add("template_id", id)
        .add("builtin", false)
        .build();
  }

  static JsonObject change(JsonObject template, JsonObject body) {
    JsonObjectBuilder changed = Json.createObjectBuilder(template);
    modern(body)
        .forEach(
            (field, value) -> {
              if (!FIXED.contains(field)) {
                changed.add(field, value);
              }
            });
    return changed.build();
  }

  /**
   * The same in today's words.
   *
   * @throws LabException (INVALID) if the category is a number that stands for none
   */
  private static JsonObject modern(JsonObject body) {
    JsonObjectBuilder modern = Json.createObjectBuilder();
    body.forEach(
        (field, value) -> {
          if (!OLD_NAMES.containsKey(field)) {
            modern.add(field, field.equals("category") ? category(value) : value);
          }
        });
    OLD_NAMES.forEach(
        (old, today) -> {
          if (body.containsKey(old) && !(body.containsKey(today) && today.equals("linked_clone"))) {
            modern.add(today, body.get(old));
          }
        });
    return modern.build();
  }

  private static JsonValue category(JsonValue value) {
    if (!(value instanceof JsonNumber number)) {
      return value;
    }
    if (number.intValue() < 0 || number.intValue() >= CATEGORIES.size()) {
      throw LabException.invalid("Invalid request: 'category': there is no category " + number);
    }
    return Json.createValue(CATEGORIES.get(number.intValue()));
  }
}
