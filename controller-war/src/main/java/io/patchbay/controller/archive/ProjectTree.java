package io.patchbay.controller.archive;

import io.patchbay.controller.journal.ProjectStore;
import io.patchbay.spi.DurableFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a project's directory, links not followed. */
final class ProjectTree {
  private static final Path PROJECT_FILES = Path.of("project-files");
  private static final Path SNAPSHOTS = Path.of("snapshots");
  private static final Set<String> NOISE = Set.of("tmp", "captures");

  enum Kind {
    FILE,
    LINK,
    EMPTY_DIRECTORY
  }

  /**
   * @param path relative to the project's directory
   * @param size in bytes
   */
  record Member(Path path, Kind kind, long size) {
    /** With slashes on every system. */
    String name() {
      List<String> parts = new ArrayList<>();
      path.forEach(part -> parts.add(part.toString()));
      return String.join("/", parts);
    }
  }

  private ProjectTree() {}

  /**
   * Everything but the project's file, what is temporary, and what leads out of the directory.
   *
   * @param snapshots whether the snapshots are among it
   */
  static List<Member> list(Path root, boolean snapshots) throws IOException {
    List<Member> members = new ArrayList<>();
    Files.walkFileTree(root, new Lister(root, snapshots, members));
    return members;
  }

  /**
   * Whether a file belongs into an archive.
   *
   * @param path relative to the project's directory
   */
  static boolean isWanted(Path path, boolean snapshots) {
    String name = path.getFileName().toString();
    return !(path.getNameCount() == 1 && (name.endsWith(".gns3") || ProjectStore.isOwn(name)))
        && !name.endsWith("_log.txt")
        && !name.endsWith(".log")
        && !name.equals(".DS_Store")
        && !DurableFile.isTemporary(name)
        && isWantedDirectory(path.getParent(), snapshots);
  }

  private static boolean isWantedDirectory(Path path, boolean snapshots) {
    if (path == null) {
      return true;
    }
    boolean noise =
        path.startsWith(PROJECT_FILES)
            && path.getNameCount() > 1
            && NOISE.contains(path.getName(1).toString());
    boolean snapshot =
        path.startsWith(SNAPSHOTS) || path.startsWith(PROJECT_FILES.resolve(SNAPSHOTS));
    return !noise && (snapshots || !snapshot);
  }

  private static final class Lister extends SimpleFileVisitor<Path> {
    private final Path root;
    private final boolean snapshots;
    private final List<Member> members;

    Lister(Path root, boolean snapshots, List<Member> members) {
      this.root = root;
      this.snapshots = snapshots;
      this.members = members;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      Path path = root.relativize(directory);
      if (directory.equals(root)) {
        return FileVisitResult.CONTINUE;
      }
      if (!isWantedDirectory(path, snapshots)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      try (Stream<Path> content = Files.list(directory)) {
        if (content.findAny().isEmpty()) {
          members.add(new Member(path, Kind.EMPTY_DIRECTORY, 0));
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Path path = root.relativize(file);
      if (!isWanted(path, snapshots)) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isRegularFile()) {
        members.add(new Member(path, Kind.FILE, attributes.size()));
      } else if (attributes.isSymbolicLink() && staysInside(file)) {
        members.add(new Member(path, Kind.LINK, 0));
      }
      // Sockets and pipes are of a running node and mean nothing elsewhere.
      return FileVisitResult.CONTINUE;
    }

    private boolean staysInside(Path link) throws IOException {
      Path target = Files.readSymbolicLink(link);
      return !target.isAbsolute() && link.getParent().resolve(target).normalize().startsWith(root);
    }

    /** Nodes that run may take files away. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }
}
