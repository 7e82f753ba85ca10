package io.patchbay.controller.project;

import io.patchbay.spi.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Exchanges the content of a project's directory in such a way that it can be taken back, also by
 * the next start of the server if this one dies halfway: until {@link #commit}, all that was
 * replaced lies in a directory inside, under its own names.
 */
public final class DirectorySwap {
  private static final String KEPT = ".restoring";
  private static final String DONE = ".restored-";
  private static final String NODE_FILES = "project-files";

  /** Snapshots stay as they are, whichever of them is restored. */
  private static final Set<String> UNTOUCHED = Set.of("snapshots");

  private final Path directory;
  private final Path kept;

  /**
   * @param directory the project's
   * @throws IOException if it cannot be written to
   */
  public DirectorySwap(Path directory) throws IOException {
    this.directory = directory;
    this.kept = Files.createDirectory(directory.resolve(KEPT));
  }

  /**
   * Brings in new content.
   *
   * @param tree on the same disk; what was brought in is gone from it
   * @param projectFile the project's file, of which a copy is kept
   */
  public void bring(Path tree, Path projectFile) throws IOException {
    if (Files.exists(projectFile)) {
      Files.copy(projectFile, kept.resolve(projectFile.getFileName()));
    }
    keep(directory.resolve(NODE_FILES));
    for (Path fresh : list(tree)) {
      String name = fresh.getFileName().toString();
      if (!UNTOUCHED.contains(name) && !name.endsWith(".gns3") && !name.startsWith(".restor")) {
        keep(directory.resolve(name));
        Files.move(fresh, directory.resolve(name));
      }
    }
  }

  private void keep(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(file, kept.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** From here on the new content is the content. */
  public void commit() throws IOException {
    Path done = directory.resolve(DONE + UUID.randomUUID());
    Files.move(kept, done, StandardCopyOption.ATOMIC_MOVE);
    DirectoryTree.delete(done);
  }

  /** Puts everything back. */
  public void takeBack() throws IOException {
    recover(directory);
  }

  /** Ends what a server that died had begun; harmless if there is nothing. */
  static void recover(Path directory) throws IOException {
    Path kept = directory.resolve(KEPT);
    if (Files.isDirectory(kept, LinkOption.NOFOLLOW_LINKS)) {
      for (Path original : list(kept)) {
        Path place = directory.resolve(original.getFileName());
        DirectoryTree.delete(place);
        Files.move(original, place, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.delete(kept);
    }
    for (Path file : list(directory)) {
      if (file.getFileName().toString().startsWith(DONE)) {
        DirectoryTree.delete(file);
      }
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }
}
