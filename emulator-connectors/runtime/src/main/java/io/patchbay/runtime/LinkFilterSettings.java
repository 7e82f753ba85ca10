package io.patchbay.runtime;

import io.patchbay.netstack.link.LinkFilters;
import io.patchbay.spi.LabException;
import io.patchbay.spi.LinkSettings;
import io.patchbay.spi.Nio;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;

/** Reads the filters of a link as the wire has them: lists of numbers, or of numbers as text. */
public final class LinkFilterSettings {
  private LinkFilterSettings() {}

  /**
   * @throws LabException (CONFLICT) for a filter that does not exist or has a wrong value
   */
  public static LinkFilters parse(Nio.Udp nio) {
    LinkSettings settings = nio.settings();
    LinkFilters filters =
        settings.suspended() ? LinkFilters.none().withSuspended(true) : LinkFilters.none();
    for (Map.Entry<String, JsonArray> filter : settings.filters().entrySet()) {
      filters = with(filters, filter.getKey(), filter.getValue());
    }
    return filters;
  }

  private static LinkFilters with(LinkFilters filters, String name, JsonArray values) {
    try {
      return switch (name) {
        case "frequency_drop" -> filters.withFrequencyDrop(number(name, values, 0));
        case "packet_loss" -> filters.withPacketLoss(number(name, values, 0));
        case "corrupt" -> filters.withCorrupt(number(name, values, 0));
        case "delay" ->
            filters.withDelay(
                number(name, values, 0), values.size() > 1 ? number(name, values, 1) : 0);
        default -> throw LabException.conflict("There is no link filter '" + name + "'");
      };
    } catch (IllegalArgumentException outOfRange) {
      throw LabException.conflict("Link filter " + name + ": " + outOfRange.getMessage());
    }
  }

  private static int number(String name, JsonArray values, int index) {
    JsonValue value = index < values.size() ? values.get(index) : JsonValue.NULL;
    try {
      return switch (value) {
        case JsonNumber number -> number.intValueExact();
        case JsonString text -> Integer.parseInt(text.getString().strip());
        default -> throw new NumberFormatException();
      };
    } catch (ArithmeticException | NumberFormatException wrong) {
      throw LabException.conflict("Link filter " + name + " needs whole numbers");
    }
  }
}
