package io.patchbay.controller.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotListTest {
  @TempDir private Path project;
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(project.resolve("snapshots"));
  }

  private SnapshotList list() {
    return new SnapshotList("p", project);
  }

  @Test
  void whatWasAddedIsThereAfterARestart() throws IOException {
    Snapshot snapshot = Snapshot.now("first");
    Files.writeString(directory.resolve(snapshot.filename()), "x");
    list().add(snapshot);
    assertEquals(snapshot, list().find(snapshot.id()).orElseThrow());
    list().remove(snapshot);
    Files.delete(directory.resolve(snapshot.filename()));
    assertEquals(0, list().size());
  }

  @Test
  void snapshotsOfOldVersionsTellTheirTimeAndKeepTheirIds() throws IOException {
    Files.writeString(directory.resolve("before_lunch_280716_174116.gns3project"), "x");
    Snapshot found = list().all().getFirst();
    assertEquals("before_lunch", found.name());
    assertEquals(Instant.parse("2016-07-28T17:41:16Z").getEpochSecond(), found.createdAt());
    assertEquals(found, list().all().getFirst());
  }

  @Test
  void anEntryThatNamesAFileElsewhereIsLeftOut() throws IOException {
    Files.writeString(project.resolve("x.gns3snapshot"), "x");
    Files.writeString(
        directory.resolve("snapshots.conf"),
        "[{\"snapshot_id\": \"i\", \"name\": \"n\", \"filename\": \"../x.gns3snapshot\"}, 5]");
    assertEquals(0, list().size());
  }

  @Test
  void aDamagedListHidesNothing() throws IOException {
    Files.writeString(directory.resolve("snapshots.conf"), "[{");
    Files.writeString(directory.resolve("a.gns3snapshot"), "x");
    Files.writeString(directory.resolve("note.txt"), "x");
    assertEquals("a", list().all().getFirst().name());
    assertTrue(Files.readString(directory.resolve("snapshots.conf")).contains("a.gns3snapshot"));
  }
}
