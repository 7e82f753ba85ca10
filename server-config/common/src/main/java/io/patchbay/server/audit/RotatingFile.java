package io.patchbay.server.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is appended to; when it gets too large it becomes {@code NAME.1}, that {@code
 * NAME.2}, and so on, and the oldest goes. Readable by its owner alone. Not thread-safe.
 */
final class RotatingFile implements Closeable {
  private final Path file;
  private final long limit;
  private final int kept;
  private FileChannel channel;

  /**
   * @param limit bytes
   * @param kept how many older ones stay
   */
  RotatingFile(Path file, long limit, int kept) {
    this.file = file.toAbsolutePath();
    this.limit = limit;
    this.kept = kept;
  }

  /** Appends what belongs together; after a failure the next attempt opens the file anew. */
  void append(byte[] content) throws IOException {
    try {
      if (channel != null && channel.size() > 0 && channel.size() + content.length > limit) {
        close();
        rotate();
      }
      if (channel == null) {
        channel = open();
      }
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException failed) {
      close();
      throw failed;
    }
  }

  private FileChannel open() throws IOException {
    Files.createDirectories(file.getParent());
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), attributes);
  }

  private void rotate() throws IOException {
    for (int number = kept; number > 0; number--) {
      Path younger = number == 1 ? file : older(number - 1);
      if (Files.exists(younger)) {
        Files.move(younger, older(number), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (kept == 0) {
      Files.deleteIfExists(file);
    }
  }

  private Path older(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
