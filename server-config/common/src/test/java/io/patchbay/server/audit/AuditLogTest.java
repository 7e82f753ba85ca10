package io.patchbay.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  @TempDir private Path directory;

  private static AuditEntry entry(Optional<Caller> caller, String path, String project) {
    return new AuditEntry(
        Instant.parse("2030-01-02T03:04:05Z"), caller, "192.0.2.1", "POST", path, project, 201, 7);
  }

  @Test
  void anEntryIsOneLineOfJson() {
    Caller ann = new Caller("ann\n\"x", Set.of(), Role.USER);
    assertEquals(
        "{\"time\":\"2030-01-02T03:04:05Z\",\"user\":\"ann\\n\\\"x\",\"role\":\"user\","
            + "\"address\":\"192.0.2.1\",\"method\":\"POST\",\"path\":\"/v2/projects/7/open\","
            + "\"project\":\"7\",\"status\":201,\"ms\":7}",
        entry(Optional.of(ann), "/v2/projects/7/open", "7").line());
    String stranger = entry(Optional.empty(), "/" + "x".repeat(5000), "").line();
    assertFalse(stranger.contains("user"));
    assertTrue(stranger.length() < 1200);
  }

  @Test
  void linesComeInOrderAndTheFileIsItsOwners() throws Exception {
    Path file = directory.resolve("a/audit.log");
    try (AuditLog log = new AuditLog(new RotatingFile(file, 1_000_000, 2))) {
      for (int i = 0; i < 100; i++) {
        log.add(entry(Optional.empty(), "/" + i, ""));
      }
    }
    List<String> lines = Files.readAllLines(file);
    assertEquals(100, lines.size());
    assertTrue(lines.get(99).contains("\"/99\""));
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
  }

  @Test
  void aFileThatIsFullBecomesAnOlderOneAndTheOldestGoes() throws Exception {
    Path file = directory.resolve("audit.log");
    try (RotatingFile rotating = new RotatingFile(file, 10, 2)) {
      for (String line : List.of("one....\n", "two....\n", "three..\n", "four...\n")) {
        rotating.append(line.getBytes());
      }
    }
    assertEquals("four...\n", Files.readString(file));
    assertEquals("three..\n", Files.readString(directory.resolve("audit.log.1")));
    assertEquals("two....\n", Files.readString(directory.resolve("audit.log.2")));
    assertFalse(Files.exists(directory.resolve("audit.log.3")));
  }

  @Test
  void itGoesOnWhereItWasAndAfterTheDiskFailed() throws Exception {
    Path blocked = Files.writeString(directory.resolve("dir"), "no directory");
    Path file = blocked.resolve("audit.log");
    try (AuditLog log = new AuditLog(new RotatingFile(file, 1_000_000, 2))) {
      log.add(entry(Optional.empty(), "/lost", ""));
    }
    Files.delete(blocked);
    for (String path : List.of("/one", "/two")) {
      try (AuditLog log = new AuditLog(new RotatingFile(file, 1_000_000, 2))) {
        log.add(entry(Optional.empty(), path, ""));
      }
    }
    assertEquals(2, Files.readAllLines(file).size());
  }
}
