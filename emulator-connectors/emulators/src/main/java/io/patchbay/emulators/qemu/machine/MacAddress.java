package io.patchbay.emulators.qemu.machine;

import java.util.HexFormat;
import java.util.UUID;

/** Hardware addresses, written with colons. */
public final class MacAddress {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
  private static final long MASK = 0xffff_ffff_ffffL;

  private MacAddress() {}

  /** The first address of a node that was given none: the same each time the node is made. */
  public static String ofNode(UUID id) {
    String digits = id.toString();
    return "0c:%s:%s:%s:00:00"
        .formatted(digits.substring(2, 4), digits.substring(4, 6), digits.substring(6, 8));
  }

  /** The address that comes so many later. */
  static String plus(String first, int count) {
    long sum = (Long.parseLong(first.replace(":", ""), 16) + count) & MASK;
    return COLONS.formatHex(HexFormat.of().parseHex("%012x".formatted(sum)));
  }

  static String normal(String address) {
    return plus(address, 0);
  }
}
