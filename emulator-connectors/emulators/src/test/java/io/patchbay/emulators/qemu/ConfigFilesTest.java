package io.patchbay.emulators.qemu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.process.Programs;
import io.patchbay.runtime.process.Tool;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With mtools(1) in the place of the guest, which is another reader of FAT than the maker here. */
class ConfigFilesTest {
  @TempDir private Path directory;
  private ConfigFiles files;

  @BeforeEach
  void requireTools() {
    assumeTrue(Programs.find("mcopy").isPresent(), "needs mtools");
    files = new ConfigFiles(directory);
  }

  private void archive(Map<String, String> content) throws IOException {
    write(directory.resolve(ConfigFiles.ARCHIVE), content);
  }

  private static void write(Path archive, Map<String, String> content) throws IOException {
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> entry : content.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes());
        zip.closeEntry();
      }
    }
  }

  private Map<String, String> archived() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(Files.newInputStream(directory.resolve(ConfigFiles.ARCHIVE)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        content.put(entry.getName(), new String(zip.readAllBytes()));
      }
    }
    return content;
  }

  private String guest(String tool, String... arguments) throws IOException {
    Path disk = directory.resolve(ConfigDisk.NAME);
    List<String> command =
        Stream.concat(Stream.of(tool, "-i", disk + "@@1M"), Stream.of(arguments)).toList();
    Tool.Result result = Tool.run(command);
    assertEquals(0, result.status(), result.errors());
    return result.output();
  }

  /** File systems may not tell times apart that follow each other at once. */
  private void age(String name) throws IOException {
    Files.setLastModifiedTime(
        directory.resolve(name), FileTime.from(Instant.now().minusSeconds(60)));
  }

  private List<String> left() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anArchiveIsPutOnTheDiskAndWhatTheGuestLeavesIsArchived() throws IOException {
    archive(Map.of("juniper.conf", "set system", "keys/a b[1].pub", "key"));
    files.load(Optional.empty());
    assertEquals("set system", guest("mtype", "::/juniper.conf"));
    assertEquals("key", guest("mtype", "::/keys/a b\\[1].pub"));

    age(ConfigFiles.ARCHIVE);
    Path edited = Files.writeString(directory.resolve("edited"), "set system host-name R1");
    guest("mcopy", "-o", edited.toString(), "::/juniper.conf");
    Files.delete(edited);
    files.save();
    assertEquals(
        Map.of("juniper.conf", "set system host-name R1", "keys/", "", "keys/a b[1].pub", "key"),
        archived());
    assertEquals(List.of("config.img", "config.zip"), left());

    // The next start keeps the disk as the guest left it.
    byte[] disk = Files.readAllBytes(directory.resolve(ConfigDisk.NAME));
    files.load(Optional.empty());
    assertArrayEquals(disk, Files.readAllBytes(directory.resolve(ConfigDisk.NAME)));

    // And a newer archive counts again.
    age(ConfigDisk.NAME);
    archive(Map.of("other.conf", "x"));
    files.load(Optional.empty());
    assertEquals("::/other.conf", guest("mdir", "-b", "::/").strip());
  }

  @Test
  void anImageThatIsAnArchiveIsTheFirstConfiguration() throws IOException {
    Path image = Files.createTempFile("start", ".zip");
    write(image, Map.of("first.conf", "1"));
    files.load(Optional.of(image));
    assertEquals("1", guest("mtype", "::/first.conf"));
    age(ConfigDisk.NAME);
    write(image, Map.of("second.conf", "2"));
    files.load(Optional.of(image));
    assertEquals("::/first.conf", guest("mdir", "-b", "::/").strip());
    Files.delete(image);
  }

  @Test
  void anEmptyDiskMakesNoArchive() throws IOException {
    files.load(Optional.empty());
    files.save();
    assertEquals(List.of("config.img"), left());
  }

  @Test
  void archivesThatCannotBeUsedLeaveTheDiskAsItIs() throws IOException {
    files.load(Optional.empty());
    byte[] disk = Files.readAllBytes(directory.resolve(ConfigDisk.NAME));
    age(ConfigDisk.NAME);

    archive(Map.of("../escaped", "x"));
    assertThrows(LabException.class, () -> files.load(Optional.empty()));
    assertFalse(Files.exists(directory.resolve("escaped")));

    archive(Map.of("bomb", "\0".repeat(ConfigDisk.CAPACITY + 1)));
    assertThrows(IOException.class, () -> files.load(Optional.empty()));

    Files.writeString(directory.resolve(ConfigFiles.ARCHIVE), "no archive");
    assertThrows(IOException.class, () -> files.load(Optional.empty()));

    assertArrayEquals(disk, Files.readAllBytes(directory.resolve(ConfigDisk.NAME)));
    assertEquals(List.of("config.img", "config.zip"), left());
  }
}
