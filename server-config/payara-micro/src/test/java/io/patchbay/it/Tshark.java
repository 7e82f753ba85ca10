package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;

/** Reads captures with tshark. */
final class Tshark {
  private Tshark() {}

  /**
   * A field of the frames of a capture that a display filter lets through. Fails if tshark finds
   * anything wrong with the file.
   */
  static List<String> read(Path file, String displayFilter, String field) throws Exception {
    Process process =
        new ProcessBuilder(
                "tshark", "-r", file.toString(), "-Y", displayFilter, "-T", "fields", "-e", field)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines = process.inputReader().readAllLines();
    assertEquals(0, process.waitFor());
    return lines;
  }
}
