package io.patchbay.spi;

import io.patchbay.spi.file.FileCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories with all that is in them. */
public final class DirectoryTree {
  private DirectoryTree() {}

  /**
   * The path of something inside a directory, whether it is there or not.
   *
   * @param path relative to the directory, from a user
   * @throws LabException (FORBIDDEN) if it leads out of the directory, also by a symbolic link
   */
  public static Path inside(Path root, String path) {
    try {
      Path file = root.resolve(path).normalize();
      if (file.startsWith(root) && !file.equals(root) && staysInside(root, file)) {
        return file;
      }
    } catch (InvalidPathException | IOException e) {
      // Told below: such a path is none of the directory's.
    }
    throw LabException.forbidden("The path " + path + " is not inside the project");
  }

  private static boolean staysInside(Path root, Path file) throws IOException {
    Path known = file;
    while (!Files.exists(known, LinkOption.NOFOLLOW_LINKS)) {
      known = known.getParent();
    }
    return known.toRealPath().startsWith(root.toRealPath());
  }

  /**
   * Copies what is in a directory into another one, in the place of what that has under the same
   * names; disks stay sparse. Harmless if there is none.
   *
   * @throws IOException if something cannot be copied; what was copied before stays
   */
  public static void copy(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.deleteIfExists(target);
          FileCopy.copy(file, target);
        }
      }
    }
  }

  /**
   * Deletes a directory and everything below; links are deleted, not followed. Harmless if there is
   * none.
   *
   * @throws LabException (CONFLICT) if something cannot be deleted; what was deleted before is gone
   */
  public static void delete(Path root) {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw LabException.conflict(root + " cannot be deleted: " + e.getMessage());
    }
  }
}
