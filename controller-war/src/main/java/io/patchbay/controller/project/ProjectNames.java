package io.patchbay.controller.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A project's name and directory on the disk. */
public final class ProjectNames {
  /** File systems take 255 bytes; a name's characters may take three, and a save needs a suffix. */
  private static final int MAX_LENGTH = 60;

  private ProjectNames() {}

  /** The file of a project with this name; whatever could lead elsewhere is replaced. */
  public static String fileName(String name) {
    String safe = name.replaceAll("[/\\\\:*?\"<>|\\p{Cntrl}]", "_");
    return safe.substring(0, Math.min(safe.length(), MAX_LENGTH)) + ".gns3";
  }

  /** Whether a directory holds anything already. */
  public static boolean isOccupied(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isPresent();
    } catch (IOException none) {
      return false;
    }
  }
}
