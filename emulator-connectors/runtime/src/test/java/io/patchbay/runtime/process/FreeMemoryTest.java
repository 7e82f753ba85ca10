package io.patchbay.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeMemoryTest {
  @TempDir private Path directory;

  @Test
  void whatIsMissingIsTold() throws IOException {
    Path source =
        Files.writeString(
            directory.resolve("meminfo"),
            "MemTotal:        8000000 kB\nMemFree:           10000 kB\n"
                + "MemAvailable:    2097152 kB\nBuffers:               0 kB\n");
    FreeMemory memory = new FreeMemory(source);
    assertEquals(Optional.empty(), memory.shortage(2048));
    assertEquals(
        Optional.of("The machine has 2049 MB of RAM, but only 2048 MB are left on this server"),
        memory.shortage(2049));
  }

  @Test
  void whereNobodyKnowsNothingIsTold() throws IOException {
    assertEquals(
        Optional.empty(), new FreeMemory(directory.resolve("none")).shortage(Long.MAX_VALUE));
    Path other = Files.writeString(directory.resolve("other"), "MemFree: 1 kB\n");
    assertEquals(Optional.empty(), new FreeMemory(other).shortage(Long.MAX_VALUE));
  }
}
