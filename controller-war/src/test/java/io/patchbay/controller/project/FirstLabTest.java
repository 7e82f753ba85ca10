package io.patchbay.controller.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstLabTest {
  @TempDir private Path directory;

  private static List<Path> content(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void aLabThatItsUserDeletedDoesNotComeBack() throws IOException {
    Path projects = directory.resolve("projects");
    FirstLab.install(projects, 5000);
    Path lab = content(projects).getFirst();
    String topology = Files.readString(lab.resolve("first-lab.gns3"));
    assertTrue(topology.contains("5002"), topology);
    DirectoryTree.delete(lab);
    FirstLab.install(projects, 5000);
    assertEquals(List.of(), content(projects));
  }
}
