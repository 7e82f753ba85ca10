package io.patchbay.runtime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumsTest {
  /** Clocks of file systems may stand still for 10 ms, in which many small files are written. */
  private static final FileTime SAME = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));

  private static final int LENGTH = 200_000;

  @TempDir private Path directory;

  @Test
  void theSumBesideAFileIsItsOwnThoughOthersOfThatSizeAndTimeWereRead() throws Exception {
    Path target = directory.resolve("disk.img");
    Path beside = directory.resolve("disk.img.md5sum");
    Checksums checksums = new Checksums();
    for (int i = 0; i < 300; i++) {
      put(checksums, target, (byte) i);
      Files.delete(beside);
      // A server that does not know the file reads it ...
      Checksums reader = new Checksums();
      CompletableFuture<String> reading = CompletableFuture.supplyAsync(() -> sum(reader, target));
      // ... while an upload puts another one in its place.
      put(reader, target, (byte) (i + 1));
      reading.join();
      assertEquals(md5((byte) (i + 1)), Files.readString(beside), "put " + i);
      assertEquals(md5((byte) (i + 1)), reader.of(target), "put " + i);
    }
  }

  private void put(Checksums checksums, Path target, byte content) throws IOException {
    Path fresh = directory.resolve(".fresh");
    Files.write(fresh, content(content));
    Files.setLastModifiedTime(fresh, SAME);
    checksums.put(fresh, target, md5(content));
  }

  private static String sum(Checksums checksums, Path file) {
    try {
      return checksums.of(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String md5(byte content) {
    return HexFormat.of().formatHex(Checksums.digest().digest(content(content)));
  }

  private static byte[] content(byte content) {
    byte[] bytes = new byte[LENGTH];
    Arrays.fill(bytes, content);
    return bytes;
  }
}
