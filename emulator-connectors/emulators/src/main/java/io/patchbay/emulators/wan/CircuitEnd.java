package io.patchbay.emulators.wan;

import io.patchbay.spi.LabException;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One end of a virtual circuit as clients write it: numbers with colons between them, of which the
 * first is the port's.
 *
 * @param numbers those behind the port's
 */
record CircuitEnd(int port, List<Integer> numbers) {
  private static final int MAX_PORT = 0xffff;

  /** Both ends of a circuit. */
  record Pair(CircuitEnd one, CircuitEnd other) {}

  /**
   * @param most the greatest values of the numbers behind the port's
   * @throws LabException (CONFLICT) if it is something else
   */
  static Pair pair(Map.Entry<String, JsonValue> mapping, int... most) {
    if (!(mapping.getValue() instanceof JsonString other)) {
      throw wrong(mapping.getKey() + " must be mapped to a text");
    }
    return new Pair(of(mapping.getKey(), most), of(other.getString(), most));
  }

  private static CircuitEnd of(String text, int... most) {
    String[] parts = text.split(":", -1);
    if (parts.length != most.length + 1) {
      throw wrong("'" + text + "' must have " + (most.length + 1) + " numbers");
    }
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < most.length; i++) {
      numbers.add(number(text, parts[i + 1], most[i]));
    }
    return new CircuitEnd(number(text, parts[0], MAX_PORT), List.copyOf(numbers));
  }

  private static int number(String text, String part, int most) {
    if (!part.matches("\\d{1,9}") || Integer.parseInt(part) > most) {
      throw wrong("'" + part + "' in '" + text + "' must be a number up to " + most);
    }
    return Integer.parseInt(part);
  }

  static LabException wrong(String why) {
    return LabException.conflict("Invalid mappings: " + why);
  }

  /**
   * Notes a circuit in both directions.
   *
   * @throws LabException (CONFLICT) if an end has another circuit already
   */
  static <T> void connect(Map<T, T> circuits, T one, T other, String shown) {
    T old = circuits.putIfAbsent(one, other);
    T back = circuits.putIfAbsent(other, one);
    if (old != null && !old.equals(other) || back != null && !back.equals(one)) {
      throw wrong(shown + " is mapped twice");
    }
  }
}
