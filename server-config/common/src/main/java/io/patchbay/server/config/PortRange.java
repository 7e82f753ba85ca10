package io.patchbay.server.config;

/**
 * A range of TCP or UDP ports, both ends included; 1 to 65535.
 *
 * @throws IllegalArgumentException if it is not one
 */
public record PortRange(int first, int last) {
  public PortRange {
    if (first < 1 || last > 65535 || first > last) {
      throw new IllegalArgumentException(first + "-" + last + " is not a range of ports");
    }
  }

  /** Reads {@code 5000-10000}. MicroProfile Config finds this method by its name. */
  public static PortRange valueOf(String text) {
    String[] ends = text.strip().split("\\s*-\\s*");
    if (ends.length != 2) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a range of ports such as 5000-10000");
    }
    try {
      return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a range of ports", e);
    }
  }
}
