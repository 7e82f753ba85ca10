package io.patchbay.controller.symbol;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;

/**
 * A picture that nodes may have.
 *
 * @param id {@code :/symbols/THEME/NAME.svg} for a built-in one, else its path below the symbols'
 *     directory
 */
record Symbol(String id, String theme, boolean builtin) {
  static final String CUSTOM = "Custom symbols";

  String filename() {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  JsonObject describe() {
    return Json.createObjectBuilder()
        .add("symbol_id", id)
        .add("filename", filename())
        .add("theme", theme)
        .add("builtin", builtin)
        .build();
  }
}
