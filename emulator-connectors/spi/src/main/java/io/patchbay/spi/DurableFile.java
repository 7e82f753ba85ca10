package io.patchbay.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Replaces files so that a crash, a power loss or a full disk leaves the old content or the new.
 */
public final class DurableFile {
  private DurableFile() {}

  /**
   * Writes a temporary file beside the target, forces it to the disk and renames it.
   *
   * @throws IOException if that fails; the target is then as it was and no temporary file stays
   */
  public static void write(Path target, byte[] content) throws IOException {
    replace(target, content, true);
    forceDirectory(target.toAbsolutePath().getParent());
  }

  /**
   * Like {@link #write}, but quick: a crash of this program leaves the old content or the new, a
   * power loss may leave neither. For what is of no use after a power loss.
   *
   * @throws IOException if that fails; the target is then as it was and no temporary file stays
   */
  public static void writeUnforced(Path target, byte[] content) throws IOException {
    replace(target, content, false);
  }

  private static void replace(Path target, byte[] content, boolean force) throws IOException {
    Path directory = target.toAbsolutePath().getParent();
    // Not Files.createTempFile: its permissions would shut out other users of a shared directory.
    Path temporary = directory.resolve("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        if (force) {
          channel.force(true);
        }
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** The rename itself is durable only once the directory is; Windows cannot open directories. */
  private static void forceDirectory(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
