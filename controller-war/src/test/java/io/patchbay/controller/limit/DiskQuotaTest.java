package io.patchbay.controller.limit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.controller.access.AccessForTests;
import io.patchbay.controller.access.Sharing;
import io.patchbay.controller.compute.FakeCompute;
import io.patchbay.controller.compute.FakeCompute.Answer;
import io.patchbay.controller.compute.FollowedCompute;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Project;
import io.patchbay.server.config.Quota;
import io.patchbay.server.config.QuotaSettings;
import io.patchbay.server.event.Watcher;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.file.DirectorySize;
import io.patchbay.testkit.Deadline;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskQuotaTest {
  private static final int MIB = 1 << 20;

  @TempDir private Path directory;
  private Project one;
  private Project two;
  private Project others;
  private AccessForTests access;
  private Owners owners;
  private final AtomicLong now = new AtomicLong();
  private DiskUse use;
  private DiskQuota disk;

  @BeforeEach
  void limit() throws Exception {
    one = project("one");
    two = project("two");
    others = project("others");
    QuotaSettings limits =
        QuotaSettings.of(quota -> quota == Quota.DISK ? List.of("ann=3", "@net101=1") : List.of());
    access = AccessForTests.in(directory.resolve("access"), limits);
    Sharing sharing = access.sharing();
    sharing.claim("one", AccessForTests.user("ann"));
    sharing.claim("two", AccessForTests.user("ann"));
    sharing.claim("others", AccessForTests.user("bob"));
    owners = new Owners(limits, sharing, access.members(), () -> List.of(one, two, others));
    use = new DiskUse(now::get);
    disk = new DiskQuota(owners, access.members(), use);
  }

  private Project project(String id) throws Exception {
    Path home = Files.createDirectories(directory.resolve(id));
    return new Project(id, home, "lab.gns3", Json.createObjectBuilder().add("name", id).build());
  }

  private static void write(Project project, String name, long size) throws Exception {
    Path file = project.directory().resolve(name);
    Files.createDirectories(file.getParent());
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(size);
    }
  }

  private static InputStream content(int size) {
    return new ByteArrayInputStream(new byte[size]);
  }

  @Test
  void filesOfAllProjectsOfAnOwnerCountTogether() throws Exception {
    write(one, "project-files/qemu/x/hda.qcow2", MIB);
    write(two, "a", MIB);
    write(others, "b", 100 * MIB);
    disk.requireRoom("one", MIB);
    LabException full = assertThrows(LabException.class, () -> disk.requireRoom("one", MIB + 1L));
    assertEquals(
        "The projects of ann may take 3 MiB of disk together. They take 2 MiB, and this would be"
            + " too much: delete a snapshot, files or a project first.",
        full.getMessage());
    write(two, "c", MIB);
    assertThrows(LabException.class, () -> disk.requireRoom("two", 0));
    disk.requireRoom("others", Long.MAX_VALUE - 1);
    disk.requireRoom("nobodys", 1L << 50);
  }

  @Test
  void linksCountForNothing() throws Exception {
    write(others, "large", 100 * MIB);
    Files.createSymbolicLink(one.directory().resolve("link"), others.directory());
    Files.createSymbolicLink(one.directory().resolve("gone"), directory.resolve("nowhere"));
    disk.requireRoom("one", 3 * MIB);
    assertEquals(0, DirectorySize.of(directory.resolve("nowhere")));
  }

  @Test
  void whatIsSentIsTakenAsFarAsThereIsRoom() throws Exception {
    write(one, "a", 2 * MIB);
    Path target = one.directory().resolve("b");
    assertArrayEquals(new byte[MIB], disk.incoming("one", content(MIB), target).readAllBytes());
    InputStream large = disk.incoming("one", content(MIB + 1), target);
    assertThrows(LabException.class, large::readAllBytes);
    InputStream single = disk.incoming("one", content(MIB + 1));
    single.skipNBytes(MIB);
    assertThrows(LabException.class, single::read);
  }

  @Test
  void aFileMayBeReplacedByOneOfItsSize() throws Exception {
    write(one, "a", 3 * MIB);
    Path target = one.directory().resolve("a");
    assertEquals(3 * MIB, disk.incoming("one", content(3 * MIB), target).readAllBytes().length);
  }

  @Test
  void whoHasNoLimitIsNotEvenAsked() {
    InputStream content = content(1);
    assertSame(content, disk.incoming("others", content));
    assertSame(content, disk.incoming(Optional.empty(), content));
  }

  @Test
  void limitsOfGroupsHoldForSomebodyWhoComesForTheFirstTime() {
    assertThrows(
        LabException.class,
        () -> disk.requireRoom(AccessForTests.user("carl", "net101"), MIB + 1L));
    disk.requireRoom(AccessForTests.user("carl", "net101"), MIB);
  }

  @Test
  void nodesDoNotStartOnAFullDisk() throws Exception {
    Quotas quotas = new Quotas(owners, disk);
    Node node = Labs.node(one, "PC1", "vpcs", 0);
    quotas.start(one, node, () -> {});
    write(one, "a", 3 * MIB);
    now.addAndGet(DiskUse.AGE.toNanos());
    assertThrows(LabException.class, () -> quotas.start(one, node, () -> {}));
    Files.delete(one.directory().resolve("a"));
    quotas.start(one, node, () -> {});
  }

  @Test
  void aStartDoesNotLookAtTheDiskAgainAndAgain() throws Exception {
    disk.requireRoomToRun("one");
    write(one, "a", 3 * MIB);
    disk.requireRoomToRun("one");
    assertThrows(LabException.class, () -> disk.requireRoom("one", 0), "what is added does");
    assertThrows(LabException.class, () -> disk.requireRoomToRun("one"));
  }

  @Test
  void whatComputesTellCountsToo() {
    AtomicReference<Answer> told = new AtomicReference<>(size(2L * MIB));
    try (FakeCompute far = new FakeCompute()) {
      far.answers(request -> told.get());
      far.haveBatches();
      far.open();
      try (FollowedCompute followed = new FollowedCompute(far, directory.resolve("errands"))) {
        Labs.node(one, "VM", "qemu", 0, followed.awaitConnected().compute());
        use.askOthers(one);
        assertEquals(List.of("/patchbay/projects/one/size"), far.requests("GET"));
        disk.requireRoom("one", MIB);
        assertThrows(LabException.class, () -> disk.requireRoom("two", MIB + 1L));
        told.set(Answer.refusal(409, "not now"));
        use.askOthers(one);
        assertThrows(LabException.class, () -> disk.requireRoom("two", MIB + 1L), "as told last");
        told.set(Answer.refusal(404, "a stock compute has no such route"));
        use.askOthers(one);
        disk.requireRoom("one", 3 * MIB);
      }
    }
  }

  private static Answer size(long bytes) {
    return Answer.of(Json.createObjectBuilder().add("bytes", bytes).build());
  }

  @Test
  void whoTakesTooMuchIsToldOnceUntilThatIsOver() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    try (Watcher _ = Labs.listen(one, heard)) {
      DiskWatch watch = new DiskWatch(owners, disk, use);
      watch.check();
      assertEquals(Optional.empty(), disk.notice("ann"));
      write(two, "a", 4 * MIB);
      watch.check();
      watch.check();
      Files.delete(two.directory().resolve("a"));
      watch.check();
      write(one, "a", 5 * MIB);
      watch.check();
      Deadline.await("both", () -> warnings(heard).size() == 2);
    }
    assertTrue(
        warnings(heard).getFirst().contains("ann take 4 MiB of disk, and may take 3 MiB"),
        heard.toString());
    assertTrue(disk.notice("ann").orElseThrow().contains("take 5 MiB"));
  }

  private static List<String> warnings(List<String> heard) {
    return heard.stream().filter(message -> message.contains("log.warning")).toList();
  }
}
