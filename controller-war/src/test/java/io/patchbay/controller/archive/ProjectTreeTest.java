package io.patchbay.controller.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.controller.archive.ProjectTree.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTreeTest {
  @TempDir private Path root;

  private void write(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }

  private Set<String> names(boolean snapshots) throws IOException {
    return ProjectTree.list(root, snapshots).stream()
        .map(Member::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noiseAndTheProjectFileStayBehind() throws IOException {
    write("x.gns3");
    write("README.txt");
    write(".x.gns3.da81db3e-4b38-480d-a3b4-8d66197cb280");
    write("project-files/vpcs/id/.startup.vpc.da81db3e-4b38-480d-a3b4-8d66197cb280");
    write("project-files/vpcs/id/startup.vpc");
    write("project-files/vpcs/id/vpcs.log");
    write("project-files/dynamips/id/dynamips_i1_log.txt");
    write("project-files/captures/a.pcap");
    write("project-files/tmp/socket");
    write("snapshots/s.gns3snapshot");
    write("snapshots/snapshots.conf");
    Files.createDirectories(root.resolve("project-files/docker/id/empty"));
    Files.createSymbolicLink(root.resolve("inside"), Path.of("README.txt"));
    Files.createSymbolicLink(root.resolve("outside"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(root.resolve("upwards"), Path.of("../other"));
    Set<String> plain =
        Set.of(
            "README.txt",
            "inside",
            "project-files/vpcs/id/startup.vpc",
            "project-files/docker/id/empty");
    assertEquals(plain, names(false));
    Set<String> all = new TreeSet<>(plain);
    all.add("snapshots/s.gns3snapshot");
    all.add("snapshots/snapshots.conf");
    assertEquals(all, names(true));
  }
}
