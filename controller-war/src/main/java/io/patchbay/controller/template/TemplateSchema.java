package io.patchbay.controller.template;

import io.patchbay.server.json.BodySchema;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fields that one type of template has besides those of every template, with their defaults.
 * The schemas are resources, a file for each type; {@code x-variants} in one names the field by
 * whose value a further schema is chosen, such as the platform of a router.
 */
final class TemplateSchema {
  private static final Map<String, Optional<TemplateSchema>> KNOWN = new ConcurrentHashMap<>();

  private final String name;
  private final BodySchema schema;
  private final JsonObject defaults;
  private final String variants;

  private TemplateSchema(String name, JsonObject json) {
    this.name = name;
    this.schema = BodySchema.of(json.toString());
    this.variants = json.getString("x-variants", "");
    JsonObjectBuilder found = Json.createObjectBuilder();
    json.getJsonObject("properties")
        .forEach(
            (field, rules) -> {
              JsonValue value = rules.asJsonObject().get("default");
              if (value != null) {
                found.add(field, value);
              }
            });
    this.defaults = found.build();
  }

  /** The schema of a type; empty for types that have no templates of their own. */
  static Optional<TemplateSchema> of(String type) {
    return KNOWN.computeIfAbsent(type, TemplateSchema::read);
  }

  private static Optional<TemplateSchema> read(String name) {
    try (InputStream in = TemplateSchema.class.getResourceAsStream(name + ".schema.json")) {
      if (in == null) {
        return Optional.empty();
      }
      try (JsonReader reader = Json.createReader(in)) {
        return Optional.of(new TemplateSchema(name, reader.readObject()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks fields and fills in what they leave out.
   *
   * @throws LabException (INVALID) that names the field which is wrong
   */
  JsonObject complete(JsonObject fields) {
    schema.check(fields);
    JsonObject whole = withDefaults(fields);
    if (variants.isEmpty()) {
      return whole;
    }
    return of(name + "." + fields.getString(variants))
        .map(further -> further.withDefaults(further.checked(fields)))
        .map(
            further -> {
              JsonObjectBuilder both = Json.createObjectBuilder(whole);
              further.forEach(both::add);
              return both.build();
            })
        .orElse(whole);
  }

  private JsonObject checked(JsonObject fields) {
    schema.check(fields);
    return fields;
  }

  private JsonObject withDefaults(JsonObject fields) {
    JsonObjectBuilder whole = Json.createObjectBuilder(defaults);
    fields.forEach(whole::add);
    return whole.build();
  }
}
