package io.patchbay.runtime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageUploadTest {
  private static final byte[] FIRST = "the first one".getBytes();
  private static final byte[] SECOND = "the second one, longer".getBytes();

  @TempDir private Path directory;
  private Path root;
  private ImageLibrary images;

  @BeforeEach
  void open() {
    root = directory.resolve("images");
    images = new ImageLibrary(root, false);
  }

  private void upload(String name, InputStream content, OptionalLong size) {
    images.upload(ImageKind.QEMU, name, content, size);
  }

  private void upload(String name, byte[] content) {
    upload(name, new ByteArrayInputStream(content), OptionalLong.of(content.length));
  }

  /** All files below a directory. */
  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> !file.equals(directory))
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void anImageIsStoredWithItsSum() throws IOException {
    upload("disk.img", FIRST);
    assertArrayEquals(FIRST, Files.readAllBytes(root.resolve("QEMU/disk.img")));
    assertEquals(List.of("disk.img", "disk.img.md5sum"), files(root.resolve("QEMU")));
    assertEquals(
        images.list(ImageKind.QEMU).getFirst().md5sum(),
        Files.readString(root.resolve("QEMU/disk.img.md5sum")));
  }

  @Test
  void anImageIsReplacedAndSoIsItsSum() {
    upload("disk.img", FIRST);
    String before = images.list(ImageKind.QEMU).getFirst().md5sum();
    upload("disk.img", SECOND);
    Image image = images.list(ImageKind.QEMU).getFirst();
    assertEquals(SECOND.length, image.filesize());
    assertFalse(image.md5sum().equals(before));
  }

  @Test
  void theSumThatWasTakenWhileAnImageCameIsNotTakenAgain() throws IOException {
    upload("disk.img", FIRST);
    images.list(ImageKind.QEMU);
    upload("disk.img", SECOND);
    String sum = Files.readString(root.resolve("QEMU/disk.img.md5sum"));
    Path file = root.resolve("QEMU/disk.img");
    FileTime changed = Files.getLastModifiedTime(file);
    // Whoever looked into the file now would notice.
    Files.write(file, "x".repeat(SECOND.length).getBytes());
    Files.setLastModifiedTime(file, changed);
    assertEquals(sum, images.list(ImageKind.QEMU).getFirst().md5sum());
  }

  @Test
  void anImageMayLieInADirectoryOfItsOwn() throws IOException {
    upload("vendor/release/disk.img", FIRST);
    assertTrue(Files.exists(root.resolve("QEMU/vendor/release/disk.img")));
  }

  @Test
  void anImageOfIouCanBeExecuted() {
    images.upload(ImageKind.IOU, "iou.bin", new ByteArrayInputStream(FIRST), OptionalLong.empty());
    assertTrue(Files.isExecutable(root.resolve("IOU/iou.bin")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "../../x",
        "/etc/x",
        "a/../../x",
        ".",
        "",
        "link/x",
        ".hidden",
        "x.md5sum",
        "a\0b"
      })
  void aNameThatLeadsElsewhereOrIsHiddenIsForbidden(String name) throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.createDirectories(root.resolve("QEMU"));
    Files.createSymbolicLink(root.resolve("QEMU/link"), outside);
    LabException refused = assertThrows(LabException.class, () -> upload(name, FIRST));
    assertEquals(ErrorCode.FORBIDDEN, refused.code());
    assertEquals(List.of("images", "images/QEMU", "images/QEMU/link", "outside"), files(directory));
  }

  @Test
  void aBrokenUploadLeavesNothing() throws IOException {
    upload("old.img", FIRST);
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    for (String name : List.of("new.img", "deep/new.img", "old.img")) {
      InputStream content = new SequenceInputStream(new ByteArrayInputStream(SECOND), broken);
      LabException refused =
          assertThrows(LabException.class, () -> upload(name, content, OptionalLong.empty()));
      assertEquals(ErrorCode.CONFLICT, refused.code());
      assertTrue(refused.getMessage().contains("connection reset"), refused.getMessage());
    }
    assertEquals(List.of("old.img", "old.img.md5sum"), files(root.resolve("QEMU")));
    assertArrayEquals(FIRST, Files.readAllBytes(root.resolve("QEMU/old.img")));
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 50})
  void anotherSizeThanAnnouncedIsRefused(long announced) throws IOException {
    LabException refused =
        assertThrows(
            LabException.class,
            () -> upload("disk.img", new ByteArrayInputStream(FIRST), OptionalLong.of(announced)));
    assertTrue(refused.getMessage().contains(announced + " bytes"), refused.getMessage());
    assertEquals(List.of(), files(root.resolve("QEMU")));
  }

  @Test
  void whatAnEarlierServerLeftIsRemovedAfterADay() throws IOException {
    Path left = Files.createDirectories(root.resolve("QEMU")).resolve(".old.upload");
    Path going = root.resolve("QEMU/.new.upload");
    Files.write(left, FIRST);
    Files.write(going, FIRST);
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    upload("disk.img", FIRST);
    assertEquals(
        List.of(".new.upload", "disk.img", "disk.img.md5sum"), files(root.resolve("QEMU")));
  }

  @Test
  void aFullDiskIsToldAndNothingStays() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(root, "1m")) {
      upload("small.img", FIRST);
      byte[] large = new byte[2 << 20];
      new Random(1).nextBytes(large);
      LabException announced = assertThrows(LabException.class, () -> upload("large.img", large));
      assertEquals(ErrorCode.CONFLICT, announced.code());
      assertTrue(announced.getMessage().contains("no room"), announced.getMessage());
      LabException streamed =
          assertThrows(
              LabException.class,
              () -> upload("large.img", new ByteArrayInputStream(large), OptionalLong.empty()));
      assertEquals(ErrorCode.CONFLICT, streamed.code());
      assertEquals(
          "The image large.img cannot be written: No space left on device", streamed.getMessage());
      assertEquals(
          List.of("small.img", "small.img.md5sum"), files(disk.directory().resolve("QEMU")));
      upload("after.img", SECOND);
    }
  }

  @Test
  void manyUploadsOfOneImageEndWithOneOfThemAndItsSum() throws Exception {
    List<Future<?>> uploads = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        byte[] content = ("upload number " + i).repeat(1000).getBytes();
        uploads.add(threads.submit(() -> upload("disk.img", content)));
        uploads.add(threads.submit(() -> images.list(ImageKind.QEMU)));
      }
    }
    for (Future<?> upload : uploads) {
      upload.get();
    }
    assertEquals(List.of("disk.img", "disk.img.md5sum"), files(root.resolve("QEMU")));
    String kept = Files.readString(root.resolve("QEMU/disk.img.md5sum"));
    Files.delete(root.resolve("QEMU/disk.img.md5sum"));
    assertEquals(kept, new ImageLibrary(root, false).list(ImageKind.QEMU).getFirst().md5sum());
  }
}
