package io.patchbay.controller.node;

import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A format for names of ports, such as {@code Ethernet{segment0}/{port0}}. Slots are {@code {0}} or
 * {@code {port0}} for the port in its segment, {@code {1}} or {@code {segment0}} for the segment,
 * each with {@code port1} to {@code port8} for that many more, and {@code {adapter}}.
 */
record PortNameFormat(String format) {
  static final String DEFAULT = "Ethernet{0}";
  static final String SEGMENTED = "Ethernet{segment0}/{port0}";

  private static final Pattern SLOT = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern COUNTED = Pattern.compile("(port|segment)([0-8])");

  static PortNameFormat of(JsonObject node) {
    return new PortNameFormat(node.getString("port_name_format", DEFAULT));
  }

  /**
   * Refuses a format that names no port.
   *
   * @throws LabException (CONFLICT) if a slot is unknown or a brace stands alone
   */
  void check() {
    String rest =
        SLOT.matcher(format)
            .replaceAll(slot -> value(slot.group(1), 0, 0, 0).isPresent() ? "" : "{");
    if (rest.contains("{") || rest.contains("}")) {
      throw LabException.conflict("Port name format " + format + " has a slot that nothing fills");
    }
  }

  /** Slots that nothing fills stay as they are, so that a file that has some can be shown. */
  String name(int port, int segment, int adapter) {
    return SLOT.matcher(format)
        .replaceAll(
            slot -> {
              OptionalInt value = value(slot.group(1), port, segment, adapter);
              return value.isPresent()
                  ? Integer.toString(value.getAsInt())
                  : java.util.regex.Matcher.quoteReplacement(slot.group());
            });
  }

  private static OptionalInt value(String slot, int port, int segment, int adapter) {
    return switch (slot) {
      case "0" -> OptionalInt.of(port);
      case "1" -> OptionalInt.of(segment);
      case "adapter" -> OptionalInt.of(adapter);
      default -> {
        var counted = COUNTED.matcher(slot);
        yield counted.matches()
            ? OptionalInt.of(counted(counted.toMatchResult(), port, segment))
            : OptionalInt.empty();
      }
    };
  }

  private static int counted(MatchResult slot, int port, int segment) {
    return (slot.group(1).equals("port") ? port : segment) + Integer.parseInt(slot.group(2));
  }
}
