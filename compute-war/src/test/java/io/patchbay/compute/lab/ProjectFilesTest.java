package io.patchbay.compute.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFilesTest {
  @TempDir private Path directory;
  private ProjectFiles files;

  @BeforeEach
  void makeProject() throws IOException {
    Files.writeString(directory.resolve("secret"), "outside");
    files = new ProjectFiles(Files.createDirectory(directory.resolve("project")));
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ErrorCode refusal(Runnable request) {
    return assertThrows(LabException.class, request::run).code();
  }

  @Test
  void fileIsWrittenWithItsDirectoriesAndReplaced() throws IOException {
    files.write("project-files/vpcs/x/startup.vpc", text("one"));
    files.write("project-files/vpcs/x/startup.vpc", text("two"));
    assertEquals("two", Files.readString(files.existing("project-files/vpcs/x/startup.vpc")));
    try (Stream<Path> all = Files.list(files.directory().resolve("project-files/vpcs/x"))) {
      assertEquals(1, all.count(), "no temporary file may stay");
    }
  }

  @Test
  void nothingOutsideIsReadOrWritten() throws IOException {
    for (String path :
        List.of(
            "../secret",
            "a/../../secret",
            "/etc/passwd",
            directory.resolve("secret").toString(),
            "..",
            ".",
            "a/..",
            "nul\u0000byte")) {
      assertEquals(ErrorCode.FORBIDDEN, refusal(() -> files.existing(path)), path);
      assertEquals(ErrorCode.FORBIDDEN, refusal(() -> files.write(path, text("x"))), path);
    }
    assertEquals("outside", Files.readString(directory.resolve("secret")));
  }

  @Test
  void linksThatLeadOutAreNotFollowed() throws IOException {
    Files.createSymbolicLink(files.directory().resolve("link"), directory.resolve("secret"));
    Files.createSymbolicLink(files.directory().resolve("up"), directory);
    for (String path : List.of("link", "up/secret", "up/new")) {
      assertEquals(ErrorCode.FORBIDDEN, refusal(() -> files.existing(path)), path);
      assertEquals(ErrorCode.FORBIDDEN, refusal(() -> files.write(path, text("x"))), path);
    }
    assertEquals("outside", Files.readString(directory.resolve("secret")));
    assertFalse(Files.exists(directory.resolve("new")));
  }

  @Test
  void missingFileIsNotFound() {
    LabException missing = assertThrows(LabException.class, () -> files.existing("a/b"));
    assertEquals(ErrorCode.NOT_FOUND, missing.code());
    assertTrue(missing.getMessage().contains("not found"));
  }

  @Test
  void uploadThatBreaksLeavesTheOldFile() throws IOException {
    files.write("a", text("old"));
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the client has gone");
          }
        };
    assertEquals(ErrorCode.CONFLICT, refusal(() -> files.write("a", broken)));
    assertEquals("old", Files.readString(files.existing("a")));
    assertEquals(List.of("a"), files.list().stream().map(ProjectFiles.Sum::path).toList());
  }

  @Test
  void listHasTheSumOfEachFile() {
    files.write("a", text("hello"));
    assertEquals(
        List.of(new ProjectFiles.Sum("a", "5d41402abc4b2a76b9719d911017c592")), files.list());
  }
}
