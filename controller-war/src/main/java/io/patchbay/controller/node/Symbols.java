package io.patchbay.controller.node;

import java.util.Map;

/** Sizes of the pictures that clients draw for nodes, in scene units. */
final class Symbols {
  static final String COMPUTER = ":/symbols/computer.svg";

  private static final Size DEFAULT = new Size(65, 60);
  private static final Map<String, Size> SIZES =
      Map.of(
          COMPUTER,
          new Size(61, 59),
          ":/symbols/vpcs_guest.svg",
          new Size(66, 60),
          ":/symbols/ethernet_switch.svg",
          new Size(72, 32),
          ":/symbols/hub.svg",
          new Size(72, 32),
          ":/symbols/router.svg",
          new Size(66, 45),
          ":/symbols/cloud.svg",
          new Size(159, 71));

  private Symbols() {}

  /** Width and height of a picture. */
  record Size(int width, int height) {}

  static Size size(String symbol) {
    return SIZES.getOrDefault(symbol, DEFAULT);
  }
}
