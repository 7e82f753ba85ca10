package io.patchbay.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Replaces files so that a crash, a power loss or a full disk leaves the old content or the new.
 */
public final class DurableFile {
  private static final Pattern TEMPORARY =
      Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private DurableFile() {}

  /** Where a file is written before it takes its place: beside that, under a name of its own. */
  static Path temporary(Path target) {
    return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
  }

  /** Whether a file of this name is being written and will be gone in a moment. */
  public static boolean isTemporary(String name) {
    return TEMPORARY.matcher(name).matches();
  }

  /**
   * Writes a temporary file beside the target, forces it to the disk and renames it.
   *
   * @throws IOException if that fails; the target is then as it was and no temporary file stays
   */
  public static void write(Path target, byte[] content) throws IOException {
    replace(target, content, true);
    forceDirectory(target.toAbsolutePath().getParent());
  }

  /** The same for secrets: only the owner may read the file, from its first byte on. */
  public static void writePrivate(Path target, byte[] content) throws IOException {
    Path absolute = target.toAbsolutePath();
    replace(
        target,
        content,
        true,
        isPosix(absolute)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0]);
    forceDirectory(absolute.getParent());
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

  private static void replace(
      Path target, byte[] content, boolean force, FileAttribute<?>... attributes)
      throws IOException {
    Path directory = target.toAbsolutePath().getParent();
    // Not Files.createTempFile: its permissions would shut out other users of a shared directory.
    Path temporary = temporary(target);
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              attributes)) {
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
    if (isPosix(directory)) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
