package io.patchbay.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The programs that tests need. */
final class Installed {
  private Installed() {}

  /** The VPCS that tests run: the one of this system property, or the one on the path. */
  static String vpcs() {
    return System.getProperty("patchbay.vpcs.path", "vpcs");
  }

  /** Skips the test if there is no VPCS. */
  static void requireVpcs() {
    require(vpcs());
  }

  /** Skips the test if a program is not there, by its path or on the path. */
  static void require(String program) {
    assumeTrue(is(program), "the program " + program + " is not installed");
  }

  /** Whether a program is there, by its path or on the path. */
  static boolean is(String program) {
    return Files.isExecutable(Path.of(program).toAbsolutePath()) && program.contains("/")
        || Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
