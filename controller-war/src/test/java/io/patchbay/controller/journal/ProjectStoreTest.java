package io.patchbay.controller.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectStoreTest {
  @TempDir private Path directory;
  private Optional<Path> mounted = Optional.empty();

  private Path file() {
    return directory.resolve("lab.gns3");
  }

  private Path journal() {
    return directory.resolve("lab.gns3.journal");
  }

  private static ProjectStore store(Path file) {
    return new ProjectStore(file, Changer::format);
  }

  private static JsonObject drawing(int x) {
    return Json.createObjectBuilder().add("drawing_id", "d").add("x", x).build();
  }

  private static void change(ProjectStore store, JsonObject drawing) throws IOException {
    store.record(() -> List.of(new Change(Part.DRAWINGS, "d", Optional.of(drawing))));
  }

  private static void save(ProjectStore store, JsonObject drawing) throws IOException {
    store.save(() -> Changer.file(Map.of("d", drawing)));
  }

  private static JsonObject read(Path file) throws IOException {
    try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
      return ProjectStore.replay(file, reader.readObject());
    }
  }

  private static JsonObject expected(int x) {
    return Changer.file(Map.of("d", drawing(x)));
  }

  @Test
  void nothingIsWrittenOfAProjectThatIsGone() throws IOException {
    Path gone = directory.resolve("lab").resolve("lab.gns3");
    ProjectStore store = store(gone);
    save(store, drawing(1));
    store.retire();
    DirectoryTree.delete(gone.getParent());
    save(store, drawing(2));
    change(store, drawing(3));
    store.reserve(100);
    store.reserveRemovals(1);
    assertFalse(Files.exists(gone.getParent()));
  }

  @Test
  void changesAreThereBeforeTheFileHasThem() throws IOException {
    ProjectStore store = store(file());
    save(store, drawing(1));
    change(store, drawing(2));
    assertEquals(expected(2), read(file()));
    JsonObject settings =
        Json.createObjectBuilder(Change.settings(expected(2))).add("zoom", 7).build();
    store.record(() -> List.of(new Change(Part.SETTINGS, "", Optional.of(settings))));
    assertEquals(7, read(file()).getInt("zoom"));
    assertEquals(expected(2).get("topology"), read(file()).get("topology"));
    store.record(() -> List.of(new Change(Part.DRAWINGS, "d", Optional.empty())));
    assertEquals(List.of(), read(file()).getJsonObject("topology").getJsonArray("drawings"));
  }

  @Test
  void aSavedProjectHasNoJournalAndACopy() throws IOException {
    ProjectStore store = store(file());
    save(store, drawing(1));
    change(store, drawing(2));
    assertTrue(Files.exists(journal()));
    save(store, drawing(2));
    assertFalse(Files.exists(journal()));
    assertArrayEquals(Files.readAllBytes(file()), Files.readAllBytes(ProjectStore.backup(file())));
  }

  @Test
  void aLineThatWasNotWhollyWrittenIsLeftOut() throws IOException {
    ProjectStore store = store(file());
    save(store, drawing(1));
    change(store, drawing(2));
    byte[] whole = Files.readAllBytes(journal());
    change(store, drawing(3));
    byte[] both = Files.readAllBytes(journal());
    for (int length = whole.length; length < both.length; length++) {
      Files.write(journal(), Arrays.copyOf(both, length));
      assertEquals(expected(2), read(file()), "cut off at " + length);
    }
    both[both.length - 5] ^= 1;
    Files.write(journal(), both);
    assertEquals(expected(2), read(file()));
    ProjectStore next = store(file());
    change(next, drawing(4));
    assertEquals(expected(4), read(file()));
  }

  @Test
  void theNextServerGoesOnWithTheJournal() throws IOException {
    ProjectStore killed = store(file());
    save(killed, drawing(1));
    killed.reserve(100);
    change(killed, drawing(2));
    ProjectStore next = store(file());
    next.record(
        () ->
            List.of(
                new Change(
                    Part.LINKS,
                    "l",
                    Optional.of(Json.createObjectBuilder().add("link_id", "l").build()))));
    JsonObject topology = read(file()).getJsonObject("topology");
    assertEquals(List.of(drawing(2)), topology.getJsonArray("drawings"));
    assertEquals("l", topology.getJsonArray("links").getJsonObject(0).getString("link_id"));
  }

  @Test
  void aFileThatSomebodyElseWroteStaysAsItIs() throws IOException {
    ProjectStore store = store(file());
    save(store, drawing(1));
    change(store, drawing(2));
    Files.write(file(), Changer.format(expected(9)));
    assertEquals(expected(9), read(file()));
    change(store, drawing(10));
    assertEquals(expected(10), read(file()));
  }

  @Test
  void changesWhileTheFileIsWrittenFollowEither() throws IOException {
    Path[] old = {directory.resolve("old.gns3")};
    ProjectStore[] store = new ProjectStore[1];
    store[0] =
        new ProjectStore(
            file(),
            content -> {
              // Between taking the content and writing it.
              if (Files.exists(file())) {
                try {
                  change(store[0], drawing(3));
                  Files.copy(file(), old[0]);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
              return Changer.format(content);
            });
    save(store[0], drawing(1));
    change(store[0], drawing(2));
    save(store[0], drawing(2));
    assertEquals(expected(3), read(file()));
    Files.copy(old[0], file(), StandardCopyOption.REPLACE_EXISTING);
    assertEquals(expected(1), read(file()), "the journal goes on from the new file only");
  }

  /** A disk of half a megabyte; skips the test if there may be none. */
  private Path smallDisk() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk.toString()),
        "needs the right to mount a tmpfs");
    mounted = Optional.of(disk);
    return disk;
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted.isPresent()) {
      run("umount", mounted.get().toString());
    }
  }

  @Test
  void aFullDiskRefusesAndKeepsTheLastGoodFile() throws Exception {
    Path disk = smallDisk();
    Path file = disk.resolve("lab.gns3");
    ProjectStore store = store(file);
    save(store, drawing(1));
    store.reserve(100);
    Path filler = disk.resolve("filler");
    fill(filler);
    byte[] good = Files.readAllBytes(file);
    IOException refused = assertThrows(IOException.class, () -> store.reserve(100));
    assertTrue(refused.getMessage().contains(disk.toString()), refused.getMessage());
    assertTrue(refused.getMessage().contains("No space left"), refused.getMessage());
    // What was admitted before the disk got full has its room.
    change(store, drawing(2));
    assertEquals(expected(2), read(file));
    JsonObject large = Json.createObjectBuilder(drawing(3)).add("svg", "x".repeat(200_000)).build();
    assertThrows(IOException.class, () -> change(store, large));
    assertThrows(IOException.class, () -> save(store, large));
    assertArrayEquals(good, Files.readAllBytes(file));
    assertEquals(expected(2), read(file));
    Files.delete(filler);
    store.reserve(100);
    change(store, drawing(4));
    assertEquals(expected(4), read(file));
    save(store, drawing(5));
    assertEquals(expected(5), read(file));
    try (var left = Files.list(disk)) {
      assertEquals(
          List.of("lab.gns3", "lab.gns3.backup"),
          left.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void whatIsRemovedOnAFullDiskDoesNotComeBack() throws Exception {
    Path disk = smallDisk();
    Path file = disk.resolve("lab.gns3");
    ProjectStore store = store(file);
    save(store, drawing(1));
    fill(disk.resolve("filler"));
    assertThrows(IOException.class, () -> store.reserve(100));
    store.reserveRemovals(1);
    fill(disk.resolve("filler"));
    store.record(() -> List.of(new Change(Part.DRAWINGS, "d", Optional.empty())));
    assertThrows(IOException.class, () -> save(store, drawing(9)));
    assertEquals(Changer.file(Map.of()), read(file));
    Files.delete(disk.resolve("filler"));
    store.save(() -> Changer.file(Map.of()));
    assertEquals(Changer.file(Map.of()), read(ProjectStore.backup(file)));
  }

  @Test
  void aRemovalForWhichThereIsNoRoomAtAllIsRefused() throws Exception {
    Path disk = smallDisk();
    Path file = disk.resolve("lab.gns3");
    ProjectStore store = store(file);
    save(store, drawing(1));
    Files.delete(ProjectStore.backup(file));
    fill(disk.resolve("filler"));
    assertThrows(IOException.class, () -> store.reserveRemovals(1));
    assertEquals(expected(1), read(file));
  }

  private static void fill(Path filler) throws IOException {
    try (var out =
        Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertTrue(Files.size(filler) > 0, full.getMessage());
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }
}
