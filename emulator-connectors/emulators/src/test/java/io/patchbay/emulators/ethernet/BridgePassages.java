package io.patchbay.emulators.ethernet;

import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Frames;
import io.patchbay.testkit.Passage;
import java.util.Arrays;
import java.util.List;

/** Frames between two ports of a switch or hub: one for all, and the answer to it. */
final class BridgePassages {
  private static final PortAddress ONE = new PortAddress(0, 0);
  private static final PortAddress OTHER = new PortAddress(0, 3);
  private static final byte[] QUESTION =
      Frames.ip("ff:ff:ff:ff:ff:ff", "02:00:00:00:00:01", "to all");
  private static final byte[] ANSWER =
      Frames.ip("02:00:00:00:00:01", "02:00:00:00:00:02", "to one");

  private BridgePassages() {}

  static List<Passage> all() {
    return List.of(
        new Passage(ONE, QUESTION, OTHER, frame -> Arrays.equals(frame, QUESTION)),
        new Passage(OTHER, ANSWER, ONE, frame -> Arrays.equals(frame, ANSWER)));
  }
}
