package io.patchbay.runtime.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Files that may be images. What cannot be read is passed over. */
final class ImageFiles {
  private static final Comparator<Path> UPPERMOST_FIRST =
      Comparator.comparingInt(Path::getNameCount).thenComparing(Comparator.naturalOrder());

  private ImageFiles() {}

  /**
   * The files of a directory, those nearest to it first; hidden ones and checksums left out. Links
   * to files count as files, links to directories are not followed.
   *
   * @param depth how many levels; 1 for the directory itself
   */
  static List<Path> below(Path directory, int depth) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(directory, Set.of(), depth, new Finder(directory, found));
    } catch (IOException unreadable) {
      return List.of();
    }
    found.sort(UPPERMOST_FIRST);
    return found;
  }

  static boolean isHidden(String name) {
    return name.startsWith(".") || name.endsWith(Checksums.SUFFIX);
  }

  /** Whether a file's first bytes are those of an image. */
  static boolean isImage(ImageKind kind, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(ImageKind.HEAD);
      return head.length == ImageKind.HEAD && kind.accepts(head);
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static final class Finder extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> found;

    Finder(Path root, List<Path> found) {
      this.root = root;
      this.found = found;
    }

    /** Hidden directories too hold what is not finished. */
    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.equals(root) || !isHidden(directory.getFileName().toString())
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      // At the deepest level directories come here too.
      if (!isHidden(file.getFileName().toString()) && Files.isRegularFile(file)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException unreadable) {
      return FileVisitResult.CONTINUE;
    }
  }
}
