package io.patchbay.spi.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system whose files can share blocks; the others are in {@link FileCopyTest}. */
class SharedBlocksTest {
  private static final int MEBI = 1 << 20;

  @TempDir private Path directory;

  @Test
  void copiesTakeNoRoom() throws Exception {
    Path disk = directory.resolve("disk");
    Path mounted = Files.createDirectory(directory.resolve("mounted"));
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(400L * MEBI);
    }
    assumeTrue(
        done("mkfs.xfs", "-q", "-m", "reflink=1", disk.toString())
            && done("mount", "-o", "loop", disk.toString(), mounted.toString()),
        "needs mkfs.xfs (Debian: xfsprogs) and the right to mount");
    try {
      Path source = Files.write(mounted.resolve("source"), new byte[200 * MEBI]);
      Path second = mounted.resolve("second");
      assertEquals(FileCopy.Way.SHARED, FileCopy.copyBy(source, second));
      // There would be no room for two more.
      assertEquals(FileCopy.Way.SHARED, FileCopy.copyBy(second, mounted.resolve("third")));
      assertEquals(-1, Files.mismatch(source, second));
      try (RandomAccessFile file = new RandomAccessFile(second.toFile(), "rw")) {
        file.write("changed".getBytes());
      }
      assertEquals(0, Files.mismatch(source, second));
      assertEquals(-1, Files.mismatch(source, mounted.resolve("third")));
    } finally {
      done("umount", mounted.toString());
    }
  }

  private static boolean done(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
