package io.patchbay.controller.limit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.controller.access.AccessForTests;
import io.patchbay.controller.access.Sharing;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Project;
import io.patchbay.server.config.Quota;
import io.patchbay.server.config.QuotaSettings;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    disk = new DiskQuota(owners, access.members());
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
    assertThrows(LabException.class, () -> quotas.start(one, node, () -> {}));
  }
}
