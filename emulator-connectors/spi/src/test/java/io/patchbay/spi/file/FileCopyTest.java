package io.patchbay.spi.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCopyTest {
  private static final long MEBI = 1 << 20;
  private static final int SECTOR = 512;

  @TempDir private Path directory;
  private Path source;
  private Path target;

  @BeforeEach
  void names() {
    source = directory.resolve("source");
    target = directory.resolve("target");
  }

  /** Data at these places of a file, and holes elsewhere. */
  private static void write(Path file, long size, long... places) throws IOException {
    Random random = new Random(1);
    byte[] data = new byte[10_000];
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(size);
      for (long place : places) {
        random.nextBytes(data);
        out.seek(place);
        out.write(data);
      }
    }
  }

  /** Bytes on the disk. */
  private static long room(Path file) throws IOException, InterruptedException {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    String blocks = new String(stat.getInputStream().readAllBytes()).strip();
    assertEquals(0, stat.waitFor());
    return Long.parseLong(blocks) * SECTOR;
  }

  private void assertCopied() throws IOException {
    assertEquals(Files.size(source), Files.size(target));
    assertEquals(-1, Files.mismatch(source, target));
  }

  @Test
  void holesStayHoles() throws Exception {
    write(source, 64 * MEBI, 0, 20 * MEBI + 77, 63 * MEBI);
    FileCopy.copy(source, target);
    assertCopied();
    assertTrue(room(target) < MEBI, "the copy takes " + room(target));
  }

  @Test
  void holesAtBothEndsStayToo() throws Exception {
    write(source, 64 * MEBI, 20 * MEBI);
    FileCopy.copy(source, target);
    assertCopied();
    assertTrue(room(target) < MEBI, "the copy takes " + room(target));
    Path empty = directory.resolve("empty");
    write(empty, 64 * MEBI);
    FileCopy.copy(empty, directory.resolve("empty copy"));
    assertEquals(64 * MEBI, Files.size(directory.resolve("empty copy")));
    assertTrue(room(directory.resolve("empty copy")) < MEBI);
  }

  @Test
  void withoutHelpOfTheSystemBlocksOfZerosBecomeHoles() throws Exception {
    write(source, 64 * MEBI + 5, 0, 20 * MEBI + 77, 63 * MEBI);
    Files.createFile(target);
    FileCopy.copyNoZeros(source, target);
    assertCopied();
    assertTrue(room(target) < MEBI, "the copy takes " + room(target));
  }

  @Test
  void zerosAreHolesWhereverWritesBeginAndEnd() throws Exception {
    byte[] zeros = new byte[1 << 16];
    try (SparseOutput out = new SparseOutput(target)) {
      out.write("a header".getBytes());
      for (int i = 0; i < 1024; i++) {
        out.write(zeros);
      }
    }
    assertEquals(8 + 64 * MEBI, Files.size(target));
    assertTrue(room(target) < MEBI, "it takes " + room(target));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4095, 4096, 4097, 100_000})
  void filesOfEverySizeAreCopied(long size) throws IOException {
    byte[] content = new byte[(int) size];
    new Random(2).nextBytes(content);
    Files.write(source, content);
    FileCopy.copy(source, target);
    assertArrayEquals(content, Files.readAllBytes(target));
    Path other = Files.createFile(directory.resolve("other"));
    FileCopy.copyNoZeros(source, other);
    assertArrayEquals(content, Files.readAllBytes(other));
  }

  @Test
  void permissionsAreCopied() throws IOException {
    Files.writeString(source, "program");
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("r-xr-x---"));
    FileCopy.copy(source, target);
    assertEquals("r-xr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
  }

  @Test
  void whatIsThereStaysAndWhatFailsLeavesNothing() throws IOException {
    Files.writeString(target, "precious");
    assertThrows(NoSuchFileException.class, () -> FileCopy.copy(source, directory.resolve("new")));
    Files.writeString(source, "other");
    assertThrows(FileAlreadyExistsException.class, () -> FileCopy.copy(source, target));
    assertEquals("precious", Files.readString(target));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(source, target), files.sorted().toList());
    }
  }

  @Test
  void theCopyIsItsOwn() throws IOException {
    write(source, MEBI, 0, 500_000);
    FileCopy.copy(source, target);
    byte[] before = Files.readAllBytes(source);
    try (RandomAccessFile out = new RandomAccessFile(target.toFile(), "rw")) {
      out.write("changed".getBytes());
    }
    assertArrayEquals(before, Files.readAllBytes(source));
  }
}
