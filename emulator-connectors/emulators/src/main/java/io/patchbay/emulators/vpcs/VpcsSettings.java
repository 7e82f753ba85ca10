package io.patchbay.emulators.vpcs;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a request says of a virtual PC.
 *
 * @param console the console port that is wanted
 * @param startupScript in VPCS's own commands; {@code %h} stands for the name
 */
record VpcsSettings(
    Optional<String> name,
    OptionalInt console,
    Optional<String> consoleType,
    Optional<String> startupScript) {

  static VpcsSettings of(JsonObject body) {
    return new VpcsSettings(
        text(body, "name"),
        body.get("console") instanceof JsonNumber port
            ? OptionalInt.of(port.intValue())
            : OptionalInt.empty(),
        text(body, "console_type"),
        text(body, "startup_script"));
  }

  private static Optional<String> text(JsonObject body, String field) {
    return body.get(field) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }
}
