package io.patchbay.netstack.filter;

import java.util.concurrent.ThreadLocalRandom;

/** What several filters share. */
final class Filters {
  /** The greatest value of what counts frames or milliseconds. */
  static final int MAX = 32767;

  static final int PERCENT = 100;

  private Filters() {}

  /**
   * @throws IllegalArgumentException if the value is out of range
   */
  static int check(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " must be between " + least + " and " + most + ", not " + value);
    }
    return value;
  }

  static boolean chance(int percent) {
    return ThreadLocalRandom.current().nextInt(PERCENT) < percent;
  }
}
