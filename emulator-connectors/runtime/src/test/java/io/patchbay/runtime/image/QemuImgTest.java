package io.patchbay.runtime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.image.QemuImg.Health;
import io.patchbay.runtime.process.Programs;
import io.patchbay.runtime.process.Tool;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QemuImgTest {
  private static final long MEBI = 1 << 20;

  @TempDir private Path directory;
  private QemuImg qemuImg;

  @BeforeEach
  void find() {
    Optional<Path> program = Programs.find("qemu-img");
    assumeTrue(program.isPresent(), "needs qemu-img (Debian: qemu-utils)");
    qemuImg = new QemuImg(program.get());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static LabException refusal(Runnable request) {
    LabException refused = assertThrows(LabException.class, request::run);
    assertEquals(ErrorCode.CONFLICT, refused.code());
    return refused;
  }

  private Path create(String name) {
    Path image = directory.resolve(name);
    qemuImg.create(image, new NewDisk("qcow2", 2, Map.of()));
    return image;
  }

  static List<NewDisk> disks() {
    return List.of(
        new NewDisk("qcow2", 2, Map.of()),
        new NewDisk(
            "qcow2",
            2,
            Map.of(
                "preallocation",
                "metadata",
                "cluster_size",
                "65536",
                "refcount_bits",
                "16",
                "lazy_refcounts",
                "on")),
        new NewDisk("raw", 2, Map.of("preallocation", "full")),
        new NewDisk("vdi", 2, Map.of("static", "on")),
        new NewDisk(
            "vmdk",
            2,
            Map.of("subformat", "monolithicSparse", "adapter_type", "ide", "zeroed_grain", "off")),
        new NewDisk("vmdk", 2, Map.of("subformat", "twoGbMaxExtentFlat")),
        new NewDisk("vpc", 2, Map.of("subformat", "fixed")),
        new NewDisk("qcow", 2, Map.of()));
  }

  @ParameterizedTest
  @MethodSource("disks")
  void disksOfEveryFormatAreMade(NewDisk disk) {
    Path image = directory.resolve("a disk, with = signs.img");
    qemuImg.create(image, disk);
    DiskInfo info = qemuImg.info(image);
    // A fixed vpc image has no header: what tells it from a raw one is at its end.
    assertEquals(disk.options().containsValue("fixed") ? "raw" : disk.format(), info.format());
    assertTrue(info.virtualSize() >= disk.mebibytes() * MEBI, info.toString());
  }

  @Test
  void aDiskInSeveralFilesIsWholeInItsPlace() throws IOException {
    Path image = directory.resolve("disk.vmdk");
    qemuImg.create(image, new NewDisk("vmdk", 2, Map.of("subformat", "monolithicFlat")));
    assertEquals(List.of("disk-flat.vmdk", "disk.vmdk"), files());
    assertEquals(2 * MEBI, qemuImg.info(image).virtualSize());
  }

  @Test
  void whatIsThereStays() throws IOException {
    Path image = Files.writeString(directory.resolve("disk.img"), "precious");
    LabException refused = refusal(() -> qemuImg.create(image, new NewDisk("qcow2", 2, Map.of())));
    assertTrue(refused.getMessage().contains("there already"), refused.getMessage());
    assertEquals("precious", Files.readString(image));
    assertEquals(List.of("disk.img"), files());
  }

  @Test
  void qemuImgSaysWhatItRefuses() throws IOException {
    Path image = directory.resolve("disk.img");
    assertEquals(
        "qemu-img: disk.img: Cluster size must be a power of two between 512 and 2048k",
        refusal(
                () ->
                    qemuImg.create(image, new NewDisk("qcow2", 2, Map.of("cluster_size", "1000"))))
            .getMessage());
    assertEquals(List.of(), files());
  }

  @Test
  void anOptionIsOneOptionWhateverIsInIt() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "secret");
    NewDisk sly = new NewDisk("qcow2", 2, Map.of("compat", "1.1,backing_file=" + secret));
    refusal(() -> qemuImg.create(directory.resolve("disk.img"), sly));
    assertEquals(List.of("secret"), files());
  }

  @Test
  void anOverlayReadsTheImageBelowAndIsRebased() throws IOException {
    Path base = create("base, first.qcow2");
    Path overlay = directory.resolve("overlay.qcow2");
    qemuImg.createOverlay(base, overlay);
    DiskInfo info = qemuImg.info(overlay);
    assertEquals(Optional.of(base.toString()), info.backing());
    assertEquals(Optional.of("qcow2"), info.backingFormat());
    assertEquals(2 * MEBI, info.virtualSize());
    Path moved = directory.resolve("moved.qcow2");
    Files.move(base, moved);
    qemuImg.rebase(overlay, moved);
    assertEquals(Optional.of(moved.toString()), qemuImg.info(overlay).backing());
  }

  @Test
  void anOverlayOfARawImageKnowsThatItIsRaw() {
    Path base = directory.resolve("base.img");
    qemuImg.create(base, new NewDisk("raw", 3, Map.of()));
    Path overlay = directory.resolve("overlay.qcow2");
    qemuImg.createOverlay(base, overlay);
    assertEquals(Optional.of("raw"), qemuImg.info(overlay).backingFormat());
  }

  @Test
  void anOverlayOfAnEncryptedImageCarriesTheNameOfItsSecret() throws IOException {
    Path base = directory.resolve("base.qcow2");
    List<String> encrypted =
        List.of(
            qemuImg.program().toString(),
            "create",
            "-f",
            "qcow2",
            "--object",
            "secret,id=key,data=secret",
            "-o",
            "encrypt.format=luks,encrypt.key-secret=key,encrypt.iter-time=10",
            base.toString(),
            "2M");
    // It measures how fast the processor is, and gives up where others keep it busy.
    int attempts = 0;
    while (Tool.run(encrypted).status() != 0) {
      assertTrue(++attempts < 50, "qemu-img makes no encrypted image");
    }
    Path overlay = directory.resolve("overlay.qcow2");
    qemuImg.createOverlay(base, overlay);
    DiskInfo info = qemuImg.info(overlay);
    assertEquals(2 * MEBI, info.virtualSize());
    assertTrue(info.backing().orElseThrow().contains("\"encrypt.key-secret\":\"base.qcow2\""));
  }

  @Test
  void withoutTheImageBelowThereIsNoOverlay() throws IOException {
    Path none = directory.resolve("none.qcow2");
    LabException refused =
        refusal(() -> qemuImg.createOverlay(none, directory.resolve("overlay.qcow2")));
    assertTrue(
        refused.getMessage().contains(none.getFileName() + " was not found"), refused.getMessage());
    assertEquals(List.of(), files());
  }

  @Test
  void disksGrow() {
    Path image = create("disk.qcow2");
    qemuImg.extend(image, 3);
    assertEquals(5 * MEBI, qemuImg.info(image).virtualSize());
    Path raw = directory.resolve("disk.raw");
    qemuImg.create(raw, new NewDisk("raw", 1, Map.of()));
    qemuImg.extend(raw, 1);
    assertEquals(2 * MEBI, qemuImg.info(raw).virtualSize());
    refusal(() -> qemuImg.extend(directory.resolve("none"), 1));
  }

  @Test
  void aDamagedImageIsFoundAndMended() throws IOException {
    Path image = directory.resolve("disk.qcow2");
    qemuImg.create(image, new NewDisk("qcow2", 2, Map.of("preallocation", "metadata")));
    assertEquals(Health.SOUND, qemuImg.check(image));
    // The first entry of the table that maps the disk, behind four clusters of 64 KiB: its cluster
    // is used no longer, but still counted as used.
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.seek(4 * 65536);
      file.writeLong(0);
    }
    assertEquals(Health.LEAKS, qemuImg.check(image));
    assertEquals(Health.SOUND, qemuImg.repair(image, Health.LEAKS));
  }

  @Test
  void savedStatesAreListedAndDeleted() throws IOException {
    Path image = create("disk.qcow2");
    List<String> save =
        List.of(qemuImg.program().toString(), "snapshot", "-c", "state", image.toString());
    assertEquals(0, Tool.run(save).status());
    assertEquals(List.of("state"), qemuImg.info(image).snapshots());
    qemuImg.deleteSnapshot(image, "state");
    assertEquals(List.of(), qemuImg.info(image).snapshots());
  }

  @Test
  void aFullDiskIsToldAndNoPartOfAnImageStays() throws IOException {
    Path small = directory.resolve("small");
    try (SmallDisk disk = SmallDisk.mount(small, "1m")) {
      Path image = disk.directory().resolve("disk.img");
      LabException refused =
          refusal(
              () -> qemuImg.create(image, new NewDisk("raw", 4, Map.of("preallocation", "full"))));
      assertTrue(refused.getMessage().contains("No space left on device"), refused.getMessage());
      try (Stream<Path> left = Files.list(disk.directory())) {
        assertEquals(List.of(), left.toList());
      }
    }
  }

  @Test
  void ofManyThatMakeOneImageOneDoes() throws Exception {
    Path image = directory.resolve("disk.img");
    NewDisk disk = new NewDisk("qcow2", 2, Map.of());
    List<Callable<Boolean>> attempts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      attempts.add(
          () -> {
            try {
              qemuImg.create(image, disk);
              return true;
            } catch (LabException there) {
              return false;
            }
          });
    }
    int made = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
        made += attempt.get() ? 1 : 0;
      }
    }
    assertEquals(1, made);
    assertEquals(List.of("disk.img"), files());
    assertEquals(Health.SOUND, qemuImg.check(image));
  }

  @Test
  void aProgramThatIsNotThereIsTold() {
    QemuImg none = new QemuImg(Path.of("/no/such/qemu-img"));
    LabException refused =
        refusal(() -> none.create(directory.resolve("disk.img"), new NewDisk("raw", 1, Map.of())));
    assertTrue(refused.getMessage().contains("/no/such/qemu-img cannot be run"));
  }
}
