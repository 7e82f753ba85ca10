package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Disks of machines are large and mostly empty; what is made of a project leaves out the holes. */
class SparseDisksIT {
  private static final long MEBI = 1 << 20;
  private static final long SIZE = 256 * MEBI;
  private static final int SECTOR = 512;
  private static final String DISK = "project-files/qemu/x/hda_disk.raw";

  private final Server server = Servers.shared();
  private final Api api = server.api();
  private String project = "";
  private String copy = "";

  @BeforeEach
  void createProject() throws Exception {
    project = id(api.post("/v2/projects", "{\"name\": \"it-disks\", \"auto_close\": false}"));
    Path disk = disk(project);
    Files.createDirectories(disk.getParent());
    write(disk, "guest");
  }

  private static String id(JsonObject described) {
    return described.getString("project_id");
  }

  private Path directory(String id) {
    return server.home().resolve("projects").resolve(id);
  }

  private Path disk(String id) {
    return directory(id).resolve(DISK);
  }

  private static void write(Path disk, String text) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(disk.toFile(), "rw")) {
      out.setLength(SIZE);
      out.seek(SIZE / 3);
      out.write(text.getBytes());
    }
  }

  private static String read(Path disk) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(disk.toFile(), "r")) {
      byte[] text = new byte[5];
      in.seek(SIZE / 3);
      in.readFully(text);
      return new String(text);
    }
  }

  @AfterEach
  void delete() throws Exception {
    for (String id : List.of(project, copy)) {
      if (!id.isEmpty()) {
        api.call("DELETE", "/v2/projects/" + id, "");
      }
    }
  }

  private static void assertTakesLittleRoom(Path file) throws Exception {
    assertTrue(Files.size(file) >= SIZE, file + " has lost something");
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    long room = Long.parseLong(new String(stat.getInputStream().readAllBytes()).strip()) * SECTOR;
    assertTrue(room < 4 * MEBI, file + " takes " + room + " bytes");
  }

  @Test
  void aDuplicateHasTheHolesToo() throws Exception {
    copy = id(api.post("/v2/projects/" + project + "/duplicate", "{\"name\": \"it-disks-copy\"}"));
    assertEquals(-1, Files.mismatch(disk(project), disk(copy)));
    assertTakesLittleRoom(disk(copy));
  }

  @Test
  void aSnapshotAndWhatIsRestoredFromItHaveTheHolesToo() throws Exception {
    JsonObject snapshot =
        api.post("/v2/projects/" + project + "/snapshots", "{\"name\": \"before\"}");
    List<Path> archives;
    try (Stream<Path> files = Files.list(directory(project).resolve("snapshots"))) {
      archives = files.filter(file -> file.toString().endsWith(".gns3snapshot")).toList();
    }
    assertEquals(1, archives.size());
    assertTakesLittleRoom(archives.getFirst());
    write(disk(project), "later");
    api.post(
        "/v2/projects/" + project + "/snapshots/" + snapshot.getString("snapshot_id") + "/restore",
        "");
    assertEquals("guest", read(disk(project)));
    assertTakesLittleRoom(disk(project));
  }
}
