package io.patchbay.controller.compute;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;

/**
 * A request whose answer nobody needs.
 *
 * @param path below {@code /v2/compute}
 */
record Errand(String method, String path, JsonObject body) {
  JsonObject toJson() {
    return Json.createObjectBuilder()
        .add("method", method)
        .add("path", path)
        .add("body", body)
        .build();
  }

  static Errand of(JsonObject json) {
    return new Errand(json.getString("method"), json.getString("path"), json.getJsonObject("body"));
  }
}
