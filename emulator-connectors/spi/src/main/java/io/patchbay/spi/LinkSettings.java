package io.patchbay.spi;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;

/**
 * What a user may set on a link while it runs.
 *
 * @param suspended drops every frame
 * @param filters by name, such as {@code packet_loss}, with their values as they came; they are
 *     looked at only when the link carries frames, which is when a wrong one is refused
 */
public record LinkSettings(boolean suspended, Map<String, JsonArray> filters) {
  public static final LinkSettings NONE = new LinkSettings(false, Map.of());

  public LinkSettings {
    filters = Map.copyOf(filters);
  }

  /**
   * Reads the fields {@code suspend} and {@code filters} of a body; both may be missing.
   *
   * @throws LabException ({@link ErrorCode#INVALID}) if a filter's values are not a list
   */
  public static LinkSettings of(JsonObject body) {
    JsonObject filters =
        body.get("filters") instanceof JsonObject given ? given : JsonValue.EMPTY_JSON_OBJECT;
    Map<String, JsonArray> lists = new HashMap<>();
    filters.forEach(
        (name, values) -> {
          if (!(values instanceof JsonArray list)) {
            throw LabException.invalid("Invalid request: filters/" + name + " must be a list");
          }
          lists.put(name, list);
        });
    return new LinkSettings(body.getBoolean("suspend", false), lists);
  }
}
