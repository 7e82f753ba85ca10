package io.patchbay.controller.archive;

import io.patchbay.controller.node.NodeImages;
import io.patchbay.spi.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts the images of an archive among those of the server; one that is there stays as it is. */
final class ImportedImages {
  private final Path images;
  private final List<Path> installed = new ArrayList<>();

  ImportedImages(Path images) {
    this.images = images;
  }

  /**
   * @param from a directory with one for each emulator inside; gone afterwards
   */
  void install(Path from) throws IOException {
    if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (Path directory : list(from)) {
      Optional<String> known = NodeImages.known(directory.getFileName().toString());
      if (known.isPresent() && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        for (Path image : list(directory)) {
          install(image, images.resolve(known.get()));
        }
      }
    }
    DirectoryTree.delete(from);
  }

  private void install(Path image, Path directory) throws IOException {
    Path target = directory.resolve(image.getFileName());
    if (Files.isRegularFile(image, LinkOption.NOFOLLOW_LINKS)
        && Files.notExists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(directory);
      Files.move(image, target);
      installed.add(target);
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }

  /** Removes what {@link #install} put there. */
  void takeBack() throws IOException {
    for (Path image : installed) {
      Files.deleteIfExists(image);
    }
  }
}
