package io.patchbay.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories with all that is in them. */
public final class DirectoryTree {
  private DirectoryTree() {}

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
