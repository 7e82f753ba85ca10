package io.patchbay.testkit.router;

import java.util.List;

/** A card with lines that a {@link RouterImage} drives, in slot 1, by its first port. */
public enum LineCard {
  SERIAL("PA-4T+", new SerialChip()),
  POS("PA-POS-OC3", new PosChip()),
  ATM("PA-A1", new AtmChip());

  /** Channels of path 0 that packets may come by to {@link #ATM}. */
  public static final List<Integer> CHANNELS = List.of(100, 200);

  private final String wireName;
  private final LineChip chip;

  LineCard(String wireName, LineChip chip) {
    this.wireName = wireName;
    this.chip = chip;
  }

  /** As requests name it. */
  public String wireName() {
    return wireName;
  }

  LineChip chip() {
    return chip;
  }
}
