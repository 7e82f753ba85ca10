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
 * @param macOffset last byte of the MAC address, which no client gives: of a node that is made
 *     again
 */
record VpcsSettings(
    Optional<String> name,
    OptionalInt console,
    Optional<String> consoleType,
    Optional<String> startupScript,
    OptionalInt macOffset) {

  static final String MAC_OFFSET = "mac_offset";

  static VpcsSettings of(JsonObject body) {
    return new VpcsSettings(
        text(body, "name"),
        number(body, "console"),
        text(body, "console_type"),
        text(body, "startup_script"),
        number(body, MAC_OFFSET));
  }

  private static OptionalInt number(JsonObject body, String field) {
    return body.get(field) instanceof JsonNumber number
        ? OptionalInt.of(number.intValue())
        : OptionalInt.empty();
  }

  private static Optional<String> text(JsonObject body, String field) {
    return body.get(field) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }
}
