package io.patchbay.controller.migration;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;

/** Reads what GNS3 1.x wrote, which is loose about types: 5, 5.0 and "5" are the same number. */
final class Old {
  private Old() {}

  /** Fractions are cut off. */
  static int integer(JsonObject object, String field, int otherwise) {
    return object.containsKey(field) ? integer(object.get(field)) : otherwise;
  }

  static int integer(JsonValue value) {
    return switch (value) {
      case JsonNumber number -> number.bigDecimalValue().intValue();
      case JsonString text -> integer(text.getString());
      default -> throw new IllegalArgumentException(value + " is not a number");
    };
  }

  static int integer(String text) {
    return new BigDecimal(text.strip()).intValue();
  }

  static List<JsonObject> list(JsonObject object, String field) {
    return object.containsKey(field)
        ? object.getJsonArray(field).getValuesAs(JsonObject.class)
        : List.of();
  }

  /** A colour with its alpha as Qt writes it, {@code #aarrggbb}; or without one. */
  static String opacity(String color) {
    if (color.length() != 9) {
      return "1.0";
    }
    double alpha = Integer.parseInt(color.substring(1, 3), 16) / 255.0;
    return Double.toString(Math.rint(alpha * 100) / 100);
  }

  /** The colour alone, such as {@code #ff0000}. */
  static String fill(String color) {
    return "#" + color.substring(Math.max(0, color.length() - 6));
  }

  /** Text for the inside of an XML element or attribute. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#x27;");
  }
}
