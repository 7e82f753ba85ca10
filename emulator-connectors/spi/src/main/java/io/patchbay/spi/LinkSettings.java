package io.patchbay.spi;

import jakarta.json.JsonArray;
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
}
