package io.patchbay.controller.project;

import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A project's name and directory on the disk. */
final class ProjectNames {
  private ProjectNames() {}

  /** The file of a project with this name; whatever could lead elsewhere is replaced. */
  static String fileName(String name) {
    return name.replaceAll("[/\\\\:*?\"<>|\\p{Cntrl}]", "_") + ".gns3";
  }

  static void deleteTree(Path root) {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw LabException.conflict("The project's directory cannot be deleted: " + e.getMessage());
    }
  }
}
