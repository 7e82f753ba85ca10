package io.patchbay.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The memory that a machine has left.
 *
 * @param source what Linux tells of it (proc_meminfo(5)); it may be missing
 */
public record FreeMemory(Path source) {
  private static final String AVAILABLE = "MemAvailable:";
  private static final int KIBI = 1024;

  /** That of the machine on which this runs. */
  public static FreeMemory here() {
    return new FreeMemory(Path.of("/proc/meminfo"));
  }

  /**
   * What is to be told somebody who starts what needs so much; empty if that is there, or if nobody
   * knows.
   *
   * @param mebibytes in MB
   */
  public Optional<String> shortage(long mebibytes) {
    try {
      return Files.readAllLines(source).stream()
          .filter(line -> line.startsWith(AVAILABLE))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIBI)
          .filter(available -> available < mebibytes)
          .map(
              available ->
                  "The machine has "
                      + mebibytes
                      + " MB of RAM, but only "
                      + available
                      + " MB are left on this server")
          .findFirst();
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }
}
