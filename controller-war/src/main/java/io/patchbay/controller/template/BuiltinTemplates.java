package io.patchbay.controller.template;

import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The templates that are always there. They name no compute: whoever uses one does. */
final class BuiltinTemplates {
  /** The namespace for domain names, RFC 9562 appendix A. */
  private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

  private BuiltinTemplates() {}

  /** The templates by id, in the order in which they are listed. */
  static Map<String, JsonObject> all() {
    Map<String, JsonObject> all = new LinkedHashMap<>();
    for (JsonObject template : read().getValuesAs(JsonObject.class)) {
      String id = id(template.getString("template_type"));
      all.put(
          id,
          Json.createObjectBuilder(template)
              .add("template_id", id)
              .add("builtin", true)
              .add("compute_id", JsonValue.NULL)
              .build());
    }
    return all;
  }

  /** Clients know these templates by the version-3 UUID of their type's name. */
  static String id(String type) {
    byte[] name = type.getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(
            ByteBuffer.allocate(16 + name.length)
                .putLong(DNS.getMostSignificantBits())
                .putLong(DNS.getLeastSignificantBits())
                .put(name)
                .array())
        .toString();
  }

  private static JsonArray read() {
    try (InputStream in = BuiltinTemplates.class.getResourceAsStream("builtin.json");
        JsonReader reader = Json.createReader(in)) {
      return reader.readArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
