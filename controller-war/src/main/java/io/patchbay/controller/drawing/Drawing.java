package io.patchbay.controller.drawing;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;

/**
 * A drawing of an open project.
 *
 * @param stored as the project's file has it; its {@code svg} is the picture, or the name of a file
 *     that holds it
 * @param svg the picture as clients get it
 */
public record Drawing(JsonObject stored, String svg) {

  public String id() {
    return stored.getString("drawing_id");
  }

  boolean isLocked() {
    return stored.getBoolean("locked", false);
  }

  /** The drawing as clients see it. */
  JsonObject describe(String projectId) {
    return Json.createObjectBuilder(stored).add("svg", svg).add("project_id", projectId).build();
  }
}
