package io.patchbay.controller.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySwapTest {
  private static final Map<String, String> OLD =
      Map.of(
          "x.gns3",
          "old",
          "README.txt",
          "old",
          "own.txt",
          "old",
          "project-files/vpcs/1/a",
          "old",
          "snapshots/s",
          "old");

  @TempDir private Path parent;
  private Path directory;
  private Path tree;

  @BeforeEach
  void prepare() throws IOException {
    directory = parent.resolve("project");
    tree = parent.resolve("tree");
    write(directory, OLD);
    write(
        tree,
        Map.of(
            "project.gns3",
            "new",
            "README.txt",
            "new",
            "fresh/f",
            "new",
            "project-files/vpcs/2/b",
            "new",
            "snapshots/s",
            "new"));
  }

  private static void write(Path root, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        content.put(directory.relativize(file).toString(), Files.readString(file));
      }
    }
    return content;
  }

  private DirectorySwap bring() throws IOException {
    DirectorySwap swap = new DirectorySwap(directory);
    swap.bring(tree, directory.resolve("x.gns3"));
    Files.writeString(directory.resolve("x.gns3"), "new");
    return swap;
  }

  @Test
  void newContentComesInAndTheRestStays() throws IOException {
    bring().commit();
    assertEquals(
        Map.of(
            "x.gns3",
            "new",
            "README.txt",
            "new",
            "own.txt",
            "old",
            "fresh/f",
            "new",
            "project-files/vpcs/2/b",
            "new",
            "snapshots/s",
            "old"),
        content());
  }

  @Test
  void everythingCanBePutBack() throws IOException {
    DirectorySwap swap = bring();
    Files.delete(directory.resolve("fresh/f"));
    swap.takeBack();
    assertEquals(OLD, content());
  }

  @Test
  void theNextStartPutsBackWhatACrashLeft() throws IOException {
    bring();
    Files.delete(directory.resolve("fresh/f"));
    DirectorySwap.recover(directory);
    assertEquals(OLD, content());
    DirectorySwap.recover(directory);
    assertEquals(OLD, content());
  }
}
