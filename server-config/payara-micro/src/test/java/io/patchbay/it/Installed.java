package io.patchbay.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The programs that tests need. */
final class Installed {
  private Installed() {}

  /** Skips the test if a program is not on the path. */
  static void require(String program) {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, program))),
        "the program " + program + " is not installed");
  }
}
