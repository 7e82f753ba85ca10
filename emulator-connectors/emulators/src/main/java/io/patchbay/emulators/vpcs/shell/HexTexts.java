package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.packet.Octets;

/** Octets as digits and letters. */
final class HexTexts {
  private static final int ROW = 16;
  private static final int WIDTH = 40;

  private HexTexts() {}

  static String dump(Octets octets) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < octets.length(); row += ROW) {
      StringBuilder digits = new StringBuilder();
      StringBuilder letters = new StringBuilder();
      for (int at = row; at < Math.min(row + ROW, octets.length()); at++) {
        int octet = octets.u8(at);
        digits
            .append(Character.forDigit(octet >> 4, 16))
            .append(Character.forDigit(octet & 15, 16));
        digits.append(at % 2 == 0 ? "" : " ");
        letters.append(octet >= ' ' && octet <= '~' ? (char) octet : '.');
      }
      digits.repeat(' ', Math.max(0, WIDTH - digits.length()));
      text.append(digits).append("   ").append(letters).append('\n');
    }
    return text.toString();
  }
}
