package io.patchbay.runtime.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system in memory that is soon full. */
record SmallDisk(Path directory) implements AutoCloseable {
  /** Skips the test where mounting is not allowed. */
  static SmallDisk mount(Path directory, String size) throws IOException {
    Files.createDirectories(directory);
    List<String> mount =
        List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
    assumeTrue(Tool.run(mount).isDone(), "needs the right to mount a tmpfs");
    return new SmallDisk(directory);
  }

  @Override
  public void close() throws IOException {
    Tool.run(List.of("umount", directory.toString()));
  }
}
