package io.patchbay.compute.node;

import io.patchbay.server.json.BodySchema;
import io.patchbay.spi.LabException;
import io.patchbay.spi.LinkSettings;
import io.patchbay.spi.Nio;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads what a controller wants to plug into a port. */
final class NioBody {
  private static final BodySchema SCHEMA = BodySchema.resource(NioBody.class, "nio.schema.json");

  private NioBody() {}

  /**
   * @throws LabException (INVALID) if a field is missing, wrong, or belongs to no NIO of that type
   */
  static Nio read(JsonObject body) {
    SCHEMA.check(body);
    String type = body.getString("type");
    if (!type.equals("nio_udp")) {
      return new Nio.Other(type, body);
    }
    return new Nio.Udp(
        body.getInt("lport"),
        body.getString("rhost"),
        body.getInt("rport"),
        new LinkSettings(body.getBoolean("suspend", false), filters(body)));
  }

  private static Map<String, JsonArray> filters(JsonObject body) {
    JsonObject filters =
        body.get("filters") instanceof JsonObject given ? given : JsonValue.EMPTY_JSON_OBJECT;
    return filters.keySet().stream()
        .collect(Collectors.toUnmodifiableMap(name -> name, filters::getJsonArray));
  }
}
