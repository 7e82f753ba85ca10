package io.patchbay.controller.link;

import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/** How requests become stored links. */
final class LinkForm {
  private static final String LABEL_STYLE =
      "font-family: TypeWriter;font-size: 10.0;font-weight: bold;fill: #000000;fill-opacity: 1.0;";

  private LinkForm() {}

  static JsonObject create(JsonObject body, String linkId) {
    JsonArrayBuilder ends = Json.createArrayBuilder();
    for (JsonObject end : ends(body)) {
      ends.add(withLabel(end, Optional.empty()));
    }
    return Json.createObjectBuilder()
        .add("link_id", linkId)
        .add("nodes", ends)
        .add("filters", activeFilters(object(body, "filters")))
        .add("link_style", object(body, "link_style"))
        .add("suspend", body.getBoolean("suspend", false))
        .build();
  }

  /** Ends cannot be moved: of the ends in a change only the nodes and the labels count. */
  static JsonObject change(JsonObject stored, JsonObject body) {
    JsonObjectBuilder link = Json.createObjectBuilder(stored);
    if (body.containsKey("filters")) {
      link.add("filters", activeFilters(object(body, "filters")));
    }
    if (body.containsKey("link_style")) {
      link.add("link_style", object(body, "link_style"));
    }
    if (body.containsKey("suspend")) {
      link.add("suspend", body.getBoolean("suspend"));
    }
    JsonArrayBuilder ends = Json.createArrayBuilder();
    for (JsonObject end : ends(stored)) {
      ends.add(withLabel(end, labelFor(end, body)));
    }
    return link.add("nodes", ends).build();
  }

  private static Optional<JsonObject> labelFor(JsonObject end, JsonObject body) {
    return ends(body).stream()
        .filter(given -> given.getString("node_id").equals(end.getString("node_id")))
        .filter(given -> given.get("label") instanceof JsonObject)
        .map(given -> given.getJsonObject("label"))
        .reduce((earlier, later) -> later);
  }

  private static JsonObject withLabel(JsonObject end, Optional<JsonObject> changed) {
    JsonObject label =
        changed.orElseGet(
            () ->
                end.get("label") instanceof JsonObject own
                    ? own
                    : Json.createObjectBuilder()
                        .add("text", Link.port(end).toString())
                        .add("style", LABEL_STYLE)
                        .build());
    return Json.createObjectBuilder(end).add("label", label).build();
  }

  static java.util.List<JsonObject> ends(JsonObject link) {
    return link.get("nodes") instanceof JsonArray nodes
        ? nodes.getValuesAs(JsonObject.class)
        : java.util.List.of();
  }

  /** Clients send every kind of filter; those that do nothing are left out. */
  static JsonObject activeFilters(JsonObject filters) {
    JsonObjectBuilder active = Json.createObjectBuilder();
    for (Map.Entry<String, JsonValue> filter : filters.entrySet()) {
      if (filter.getValue() instanceof JsonArray values && !values.isEmpty()) {
        JsonArray stripped = stripped(values);
        if (!isZero(stripped.getFirst())) {
          active.add(filter.getKey(), stripped);
        }
      }
    }
    return active.build();
  }

  private static JsonArray stripped(JsonArray values) {
    JsonArrayBuilder stripped = Json.createArrayBuilder();
    for (JsonValue value : values) {
      switch (value) {
        case JsonString text -> stripped.add(text.getString().strip());
        case JsonNumber number -> stripped.add(number.intValue());
        default -> stripped.add(value);
      }
    }
    return stripped.build();
  }

  private static boolean isZero(JsonValue value) {
    return switch (value) {
      case JsonNumber number -> number.intValue() == 0;
      case JsonString text -> text.getString().isEmpty();
      default -> false;
    };
  }

  private static JsonObject object(JsonObject body, String field) {
    return body.get(field) instanceof JsonObject given ? given : JsonValue.EMPTY_JSON_OBJECT;
  }
}
