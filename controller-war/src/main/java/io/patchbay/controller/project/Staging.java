package io.patchbay.controller.project;

import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A directory in which something is made ready, on the same disk as where it will go, and that goes
 * when it is closed. What a crash left is swept away at the next start.
 */
public final class Staging implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Staging.class.getName());
  private static final String PREFIX = ".staging-";

  private final Path directory;

  private Staging(Path directory) {
    this.directory = directory;
  }

  /**
   * @param parent where the result will be; made if it is not there
   * @throws LabException (CONFLICT) if that cannot be written to
   */
  public static Staging in(Path parent) {
    Path directory = parent.resolve(PREFIX + UUID.randomUUID());
    try {
      Files.createDirectories(directory);
      return new Staging(directory);
    } catch (IOException e) {
      throw LabException.conflict(parent + " cannot be written to: " + e.getMessage());
    }
  }

  public Path directory() {
    return directory;
  }

  /** A new empty directory inside. */
  public Path make(String name) {
    try {
      return Files.createDirectory(directory.resolve(name));
    } catch (IOException e) {
      throw LabException.conflict(directory + " cannot be written to: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    discard(directory);
  }

  private static void discard(Path directory) {
    try {
      DirectoryTree.delete(directory);
    } catch (LabException e) {
      LOG.log(Level.WARNING, "{0}", e.getMessage());
    }
  }

  static boolean isOne(Path directory) {
    return directory.getFileName().toString().startsWith(PREFIX);
  }

  static void sweep(Path parent) throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      all.filter(Staging::isOne).toList().forEach(Staging::discard);
    }
  }
}
