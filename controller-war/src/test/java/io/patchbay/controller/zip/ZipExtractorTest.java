package io.patchbay.controller.zip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.file.SparseOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of ours and of others, some of them meant to harm. */
class ZipExtractorTest {
  @TempDir private Path directory;
  private Path archive;
  private Path target;

  @BeforeEach
  void prepare() throws IOException {
    archive = directory.resolve("archive.zip");
    target = Files.createDirectory(directory.resolve("target"));
  }

  private void extract() throws IOException {
    new ZipExtractor(target, ExtractionBudget.forArchive(archive, target), bytes -> {})
        .extract(archive);
  }

  private LabException refused() {
    LabException refused = assertThrows(LabException.class, this::extract);
    assertEquals(ErrorCode.CONFLICT, refused.code());
    return refused;
  }

  private ZipArchiveOutputStream zip() throws IOException {
    return new ZipArchiveOutputStream(Files.newOutputStream(archive));
  }

  private static void add(ZipArchiveOutputStream zip, String name, String content, int mode)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setUnixMode(mode);
    zip.putArchiveEntry(entry);
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeArchiveEntry();
  }

  @Test
  void holesOfADiskTakeNoRoomInTheArchiveNorWhereItIsUnpacked() throws Exception {
    Path disk = directory.resolve("disk");
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(64 << 20);
      file.seek(20 << 20);
      file.write("guest".getBytes(StandardCharsets.UTF_8));
    }
    try (ZipWriter zip = new ZipWriter(new SparseOutput(archive), Compression.NONE, directory)) {
      zip.add("disk", disk);
    }
    extract();
    assertEquals(-1, Files.mismatch(disk, target.resolve("disk")));
    for (Path file : List.of(archive, target.resolve("disk"))) {
      assertTrue(Files.size(file) >= 64 << 20);
      Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
      long sectors = Long.parseLong(new String(stat.getInputStream().readAllBytes()).strip());
      assertTrue(sectors * 512 < 1 << 20, file + " takes " + sectors + " sectors");
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void whatWasWrittenComesOut(Compression compression) throws IOException {
    byte[] noise = new byte[300_000];
    new Random(1).nextBytes(noise);
    Path file = Files.write(directory.resolve("noise"), noise);
    AtomicLong written = new AtomicLong();
    try (ZipWriter zip = new ZipWriter(Files.newOutputStream(archive), compression, directory)) {
      zip.add("a/noise", file);
      zip.add("päge.txt", "x".repeat(100_000).getBytes(StandardCharsets.UTF_8));
      zip.add("empty", new byte[0]);
      zip.addDirectory("dir");
      zip.addLink("a/link", "../dir");
    }
    new ZipExtractor(target, ExtractionBudget.forArchive(archive, target), written::addAndGet)
        .extract(archive);
    assertArrayEquals(noise, Files.readAllBytes(target.resolve("a/noise")));
    assertEquals(100_000, Files.size(target.resolve("päge.txt")));
    assertEquals(0, Files.size(target.resolve("empty")));
    assertTrue(Files.isDirectory(target.resolve("dir")));
    assertEquals(Path.of("../dir"), Files.readSymbolicLink(target.resolve("a/link")));
    assertEquals(400_000, written.get());
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(List.of(archive, file, target), left.sorted().toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void pythonReadsWhatWasWritten(Compression compression) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not installed");
    try (ZipWriter zip = new ZipWriter(Files.newOutputStream(archive), compression, directory)) {
      zip.add("a.txt", "Frame ".repeat(5000).getBytes(StandardCharsets.UTF_8));
    }
    String script =
        "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; "
            + "assert z.read('a.txt') == b'Frame ' * 5000";
    Process python =
        new ProcessBuilder("/usr/bin/python3", "-c", script, archive.toString())
            .inheritIO()
            .start();
    assertEquals(0, python.waitFor());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZIP_STORED", "ZIP_DEFLATED", "ZIP_BZIP2", "ZIP_LZMA"})
  void whatPythonWroteComesOut(String method) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not installed");
    String script =
        "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], 'w', zipfile."
            + method
            + "); "
            + "z.writestr('a.txt', b'Frame ' * 5000); z.writestr('empty', b''); z.close()";
    Process python =
        new ProcessBuilder("/usr/bin/python3", "-c", script, archive.toString())
            .inheritIO()
            .start();
    assertEquals(0, python.waitFor());
    extract();
    assertEquals("Frame ".repeat(5000), Files.readString(target.resolve("a.txt")));
    assertEquals(0, Files.size(target.resolve("empty")));
  }

  @Test
  void zip64ComesOut() throws IOException {
    try (ZipArchiveOutputStream zip = zip()) {
      zip.setUseZip64(Zip64Mode.Always);
      add(zip, "a.txt", "big", UnixStat.FILE_FLAG | 0644);
    }
    extract();
    assertEquals("big", Files.readString(target.resolve("a.txt")));
  }

  @Test
  void anArchiveBetweenOtherThingsComesOut() throws IOException {
    try (ZipArchiveOutputStream zip = zip()) {
      add(zip, "a.txt", "in a part", UnixStat.FILE_FLAG | 0644);
    }
    byte[] plain = Files.readAllBytes(archive);
    try (OutputStream out = Files.newOutputStream(archive)) {
      out.write(plain);
      out.write("\r\n--boundary--\r\n".getBytes(StandardCharsets.UTF_8));
    }
    extract();
    assertEquals("in a part", Files.readString(target.resolve("a.txt")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "/evil",
        "a/..",
        ".",
        "..",
        "a\\..\\..\\evil",
        "a/b/../../../evil"
      })
  void pathsThatLeadOutAreRefused(String name) throws IOException {
    try (ZipArchiveOutputStream zip = zip()) {
      add(zip, "first", "x", UnixStat.FILE_FLAG | 0644);
      add(zip, name, "evil", UnixStat.FILE_FLAG | 0644);
    }
    refused();
    // Not even what came before.
    assertTrue(Files.notExists(target.resolve("first")));
    assertTrue(Files.notExists(directory.resolve("evil")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc", "..", "../..", "a/../../..", "x/..", "../target/../.."})
  void linksThatLeadOutAreRefused(String aim) throws IOException {
    try (ZipArchiveOutputStream zip = zip()) {
      add(zip, "link", aim, UnixStat.LINK_FLAG | 0777);
    }
    refused();
    assertTrue(Files.notExists(target.resolve("link")));
  }

  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    try (ZipArchiveOutputStream zip = zip()) {
      add(zip, "way", "../outside", UnixStat.LINK_FLAG | 0777);
      add(zip, "way/evil", "x", UnixStat.FILE_FLAG | 0644);
    }
    refused();
    try (Stream<Path> files = Files.list(outside)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aLinkThatIsBentByAnotherIsRefused() throws IOException {
    try (ZipArchiveOutputStream zip = zip()) {
      add(zip, "s/file", "x", UnixStat.FILE_FLAG | 0644);
      add(zip, "a/b/x", "../../s", UnixStat.LINK_FLAG | 0777);
      add(zip, "a/b/y", "x/../..", UnixStat.LINK_FLAG | 0777);
    }
    refused();
  }

  @Test
  void devicesAreRefused() throws IOException {
    try (ZipArchiveOutputStream zip = zip()) {
      add(zip, "tty", "", 0020000 | 0666);
    }
    refused();
  }

  @Test
  void onePathTwiceIsRefused() throws IOException {
    try (ZipArchiveOutputStream zip = zip()) {
      add(zip, "a", "1", UnixStat.FILE_FLAG | 0644);
      add(zip, "./a", "2", UnixStat.FILE_FLAG | 0644);
    }
    refused();
  }

  @Test
  void aBombIsRefusedBeforeTheDiskIsFull() throws IOException {
    byte[] zeros = new byte[1 << 20];
    try (ZipArchiveOutputStream zip = zip()) {
      zip.putArchiveEntry(new ZipArchiveEntry("zeros"));
      for (int i = 0; i < 300; i++) {
        zip.write(zeros);
      }
      zip.closeArchiveEntry();
    }
    assertTrue(Files.size(archive) < 1 << 20);
    assertTrue(refused().getMessage().contains("larger"));
    assertTrue(Files.notExists(target.resolve("zeros")));
  }

  @Test
  void aBombThatLiesAboutItsSizeIsStopped() {
    ExtractionBudget budget = new ExtractionBudget(1000);
    budget.announce(10);
    budget.spend(1000);
    assertThrows(LabException.class, () -> budget.spend(1));
  }

  @Test
  void damageIsFound() throws IOException {
    CRC32 sum = new CRC32();
    sum.update("content".getBytes(StandardCharsets.UTF_8));
    try (ZipArchiveOutputStream zip = zip()) {
      ZipArchiveEntry entry = new ZipArchiveEntry("a");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(7);
      entry.setCrc(sum.getValue());
      zip.putArchiveEntry(entry);
      zip.write("content".getBytes(StandardCharsets.UTF_8));
      zip.closeArchiveEntry();
    }
    String raw = Files.readString(archive, StandardCharsets.ISO_8859_1);
    Files.writeString(archive, raw.replaceFirst("content", "cOntent"), StandardCharsets.ISO_8859_1);
    assertTrue(refused().getMessage().contains("checksum"));
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    Files.writeString(archive, "this is no zip");
    refused();
    Files.write(archive, new byte[0]);
    refused();
    ByteArrayOutputStream half = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(half)) {
      add(zip, "a", "x", UnixStat.FILE_FLAG | 0644);
    }
    Files.write(archive, Arrays.copyOf(half.toByteArray(), half.size() / 2));
    refused();
  }

  @Test
  void anImmodestTableOfContentsIsRefused() throws IOException {
    // Nothing but an end record that says: 64 MiB of table before me.
    try (var channel =
        Files.newByteChannel(
            archive,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.WRITE)) {
      int table = 64 << 20;
      channel.position(table);
      java.nio.ByteBuffer end =
          java.nio.ByteBuffer.allocate(22).order(java.nio.ByteOrder.LITTLE_ENDIAN);
      end.putInt(0, 0x06054b50).putShort(10, (short) 1).putInt(12, table).putInt(16, 0);
      channel.write(end);
    }
    assertTrue(refused().getMessage().contains("too many members"));
  }
}
