package io.patchbay.controller.migration;

import io.patchbay.controller.zip.Compression;
import io.patchbay.controller.zip.ZipWriter;
import io.patchbay.spi.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** GNS3 1.x kept snapshots as directories; since 2.0 they are archives. */
final class OldSnapshots {
  private static final String PROJECT = ".gns3";

  private OldSnapshots() {}

  static void convert(Path directory) throws IOException {
    Path old = directory.resolve("project-files").resolve("snapshots");
    if (!Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path archives = Files.createDirectories(directory.resolve("snapshots"));
    for (Path snapshot : list(old)) {
      if (Files.isDirectory(snapshot, LinkOption.NOFOLLOW_LINKS)
          && list(snapshot).stream().anyMatch(OldSnapshots::isProject)) {
        pack(snapshot, archives.resolve(snapshot.getFileName() + ".gns3project"));
      }
    }
    DirectoryTree.delete(old);
  }

  private static boolean isProject(Path file) {
    return file.getFileName().toString().endsWith(PROJECT);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static void pack(Path snapshot, Path archive) throws IOException {
    try (ZipWriter zip =
            new ZipWriter(
                Files.newOutputStream(archive), Compression.DEFLATE, archive.getParent());
        Stream<Path> all = Files.walk(snapshot)) {
      for (Path file : all.sorted().toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          boolean project = file.getParent().equals(snapshot) && isProject(file);
          zip.add(project ? "project.gns3" : snapshot.relativize(file).toString(), file);
        }
      }
    }
  }
}
