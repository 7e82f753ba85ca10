package io.patchbay.runtime.process;

import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * Where the Unix sockets of machines are. Whoever can reach them owns the machine, so their
 * directory is this user's alone.
 */
public final class SocketDirectory {
  /** What fits into a {@code sockaddr_un} of Linux and of the BSDs, its end included. */
  private static final int LONGEST = 100;

  private static final int NAME_DIGITS = 12;
  private static final int EXTENSION = 4;

  private SocketDirectory() {}

  /**
   * The path of a node's sockets, to which extensions of three letters may be added.
   *
   * @param runDirectory of the server, beside which they are; another place is taken if its path is
   *     too long for sockets
   * @throws LabException (CONFLICT) if there is no place for them
   */
  public static Path base(Path runDirectory, UUID node) {
    String name = node.toString().replace("-", "").substring(0, NAME_DIGITS);
    Path run = runDirectory.toAbsolutePath();
    Path usual = run.resolveSibling(run.getFileName() + "-sockets");
    Path directory = fits(usual.resolve(name)) ? usual : temporary(runDirectory);
    try {
      makePrivate(directory);
    } catch (IOException e) {
      throw LabException.conflict("There is no place for control sockets: " + e.getMessage());
    }
    return directory.resolve(name);
  }

  private static boolean fits(Path base) {
    return base.toString().getBytes(StandardCharsets.UTF_8).length + EXTENSION < LONGEST;
  }

  /** The same each time for one server. */
  private static Path temporary(Path runDirectory) {
    UUID digest =
        UUID.nameUUIDFromBytes(
            runDirectory.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8));
    return Path.of(System.getProperty("java.io.tmpdir"), "patchbay-" + digest);
  }

  private static void makePrivate(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(directory.getParent());
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    // Somebody else may have made it, in a directory that all share.
    if (!Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(ownOwner())) {
      throw new IOException(directory + " belongs to somebody else");
    }
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }

  private static Object ownOwner() throws IOException {
    return Files.getOwner(Path.of("/proc/self"));
  }
}
