package io.patchbay.runtime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLibraryTest {
  private static final byte[] IOS = HexFormat.of().parseHex("7f454c46010201000000000000000000");
  private static final byte[] IOU = HexFormat.of().parseHex("7f454c46010101000000000000000000");
  private static final byte[] DISK = "a disk, of sorts".getBytes();
  private static final String DISK_SUM = "01a5c9331f0289fd929e16a1a480ce8f";

  @TempDir private Path directory;
  private Path root;
  private ImageLibrary images;

  @BeforeEach
  void open() {
    root = directory.resolve("images");
    images = new ImageLibrary(root, false);
  }

  private Path put(String path, byte[] content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private List<String> listed(ImageKind kind) {
    return images.list(kind).stream().map(Image::path).toList();
  }

  private static LabException refusal(Runnable request) {
    return assertThrows(LabException.class, request::run);
  }

  @Test
  void anImageIsListedWithItsSizeAndSum() throws IOException {
    put("QEMU/disk.img", DISK);
    assertEquals(
        List.of(new Image("disk.img", "disk.img", DISK_SUM, DISK.length)),
        images.list(ImageKind.QEMU));
  }

  @Test
  void onlyWhatLooksLikeAnImageOfTheKindIsListed() throws IOException {
    for (String kind : List.of("QEMU", "IOS", "IOU")) {
      put(kind + "/ios.image", IOS);
      put(kind + "/iou.bin", IOU);
      put(kind + "/disk.img", DISK);
      put(kind + "/short", "short".getBytes());
      put(kind + "/.hidden", DISK);
      put(kind + "/.making/disk.img", DISK);
      put(kind + "/disk.img.md5sum", DISK);
    }
    assertEquals(List.of("disk.img"), listed(ImageKind.QEMU));
    assertEquals(List.of("ios.image"), listed(ImageKind.DYNAMIPS));
    assertEquals(List.of("iou.bin"), listed(ImageKind.IOU));
  }

  @Test
  void directoriesBelowAndTheOneAboveAreLookedInto() throws IOException {
    put("QEMU/disk.img", DISK);
    put("QEMU/vendor/release/router.qcow2", DISK);
    Path old = put("old.img", DISK);
    put("disk.img", DISK);
    assertEquals(
        List.of("disk.img", "vendor/release/router.qcow2", old.toString()), listed(ImageKind.QEMU));
  }

  @Test
  void withoutADirectoryThereAreNoImages() {
    assertEquals(List.of(), images.list(ImageKind.QEMU));
  }

  @Test
  void aFileThatGrowsHasAnotherSum() throws IOException {
    Path file = put("QEMU/disk.img", DISK);
    assertEquals(DISK_SUM, images.md5sum(file));
    Files.write(file, "something else, and longer".getBytes());
    assertNotEquals(DISK_SUM, images.md5sum(file));
  }

  @Test
  void aSumBesideTheFileIsUsedUnlessTheFileIsNewer() throws IOException {
    Path file = put("QEMU/disk.img", DISK);
    String kept = "0123456789abcdef0123456789abcdef";
    Path beside = put("QEMU/disk.img.md5sum", kept.getBytes());
    assertEquals(kept, images.md5sum(file));
    Files.setLastModifiedTime(beside, FileTime.from(Instant.EPOCH));
    assertEquals(DISK_SUM, new ImageLibrary(root, false).md5sum(file));
    assertEquals(DISK_SUM, Files.readString(beside));
  }

  @Test
  void aSumBesideTheFileThatIsNoneIsReplaced() throws IOException {
    Path file = put("QEMU/disk.img", DISK);
    put("QEMU/disk.img.md5sum", "nonsense".getBytes());
    assertEquals(DISK_SUM, images.md5sum(file));
  }

  @Test
  void theSumOfAFileThatIsWrittenToIsNotComputedAgain() throws IOException {
    Path file = put("QEMU/disk.img", DISK);
    assertEquals(DISK_SUM, images.lastMd5sum(file));
    Files.write(file, "what a guest has written".getBytes());
    assertEquals(DISK_SUM, images.lastMd5sum(file));
    Files.delete(root.resolve("QEMU/disk.img.md5sum"));
    assertEquals(DISK_SUM, images.lastMd5sum(file));
    String present = images.list(ImageKind.QEMU).getFirst().md5sum();
    assertNotEquals(DISK_SUM, present);
    assertEquals(present, images.lastMd5sum(file));
  }

  @Test
  void imagesAreFoundByNamePathAndAbsolutePath() throws IOException {
    Path deep = put("QEMU/vendor/router.qcow2", DISK);
    Path old = put("old.img", DISK);
    assertEquals(deep, images.find(ImageKind.QEMU, "router.qcow2"));
    assertEquals(deep, images.find(ImageKind.QEMU, "vendor/router.qcow2"));
    assertEquals(deep, images.find(ImageKind.QEMU, "./vendor//router.qcow2"));
    assertEquals(deep, images.find(ImageKind.QEMU, deep.toString()));
    assertEquals(old, images.find(ImageKind.QEMU, "old.img"));
  }

  @Test
  void theDirectoryOfTheKindComesFirst() throws IOException {
    put("disk.img", DISK);
    put("IOU/disk.img", DISK);
    Path own = put("QEMU/deep/disk.img", DISK);
    assertEquals(own, images.find(ImageKind.QEMU, "disk.img"));
  }

  @Test
  void aFurtherDirectoryIsLookedIntoToo() throws IOException {
    Path project = Files.createDirectories(directory.resolve("project"));
    Path disk = Files.write(project.resolve("disk.img"), DISK);
    assertEquals(disk, images.find(ImageKind.QEMU, "disk.img", List.of(project)));
    assertEquals(disk, images.find(ImageKind.QEMU, disk.toString(), List.of(project)));
    assertEquals("disk.img", images.shortName(ImageKind.QEMU, disk, List.of(project)));
  }

  @Test
  void namesAreShortWhereThatIsEnough() throws IOException {
    Path own = put("QEMU/vendor/disk.img", DISK);
    Path old = put("old.img", DISK);
    Path other = put("IOU/other.img", DISK);
    assertEquals("vendor/disk.img", images.shortName(ImageKind.QEMU, own, List.of()));
    assertEquals("old.img", images.shortName(ImageKind.QEMU, old, List.of()));
    assertEquals(other.toString(), images.shortName(ImageKind.QEMU, other, List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none.img", "vendor/none.img", "", ".", "vendor", "a\nb"})
  void aMissingImageIsNamedInTheRefusal(String name) throws IOException {
    put("QEMU/vendor/router.qcow2", DISK);
    LabException refused = refusal(() -> images.find(ImageKind.QEMU, name));
    assertEquals(ErrorCode.CONFLICT, refused.code());
    assertEquals(Map.of("image", name), refused.details());
    assertTrue(refused.getMessage().contains("not found"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/passwd", "../../secret", "vendor/../../../secret", "C:\\disk.img", "a\0b"})
  void whatLiesElsewhereIsRefused(String name) throws IOException {
    put("QEMU/vendor/router.qcow2", DISK);
    Files.write(directory.resolve("secret"), DISK);
    LabException refused = refusal(() -> images.find(ImageKind.QEMU, name));
    assertEquals(ErrorCode.CONFLICT, refused.code());
    assertEquals(Map.of(), refused.details());
    assertTrue(refused.getMessage().contains("not allowed"), refused.getMessage());
  }

  @Test
  void anAbsolutePathThatLeadsOutOfTheImagesIsRefused() throws IOException {
    Files.createDirectories(root);
    Path secret = Files.write(directory.resolve("secret"), DISK);
    String name = root + "/QEMU/../../secret";
    assertEquals(ErrorCode.CONFLICT, refusal(() -> images.find(ImageKind.QEMU, name)).code());
    assertEquals(secret, new ImageLibrary(root, true).find(ImageKind.QEMU, name));
  }

  @Test
  void aLocalServerUsesImagesFromAnywhere() throws IOException {
    Path elsewhere = Files.write(directory.resolve("elsewhere.img"), DISK);
    ImageLibrary local = new ImageLibrary(root, true);
    assertEquals(elsewhere, local.find(ImageKind.QEMU, elsewhere.toString()));
    assertEquals(elsewhere.toString(), local.shortName(ImageKind.QEMU, elsewhere, List.of()));
    assertEquals(
        Map.of("image", "/no/such.img"),
        refusal(() -> local.find(ImageKind.QEMU, "/no/such.img")).details());
  }
}
