package io.patchbay.controller.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingImagesTest {
  @TempDir private Path images;
  private final List<Path> uploaded = new ArrayList<>();

  @BeforeEach
  void images() throws IOException {
    Path directory = Files.createDirectories(images.resolve("QEMU"));
    Files.writeString(directory.resolve("one.img"), "1");
    Files.writeString(directory.resolve("two.img"), "2");
  }

  private static LabException lacks(String image) {
    return new LabException(
        ErrorCode.CONFLICT, "no image", Map.of("image", Json.createValue(image)));
  }

  /** Makes a node on a compute that has some images, and lacks the others until they come. */
  private void make(String kind, Set<String> present, String... wanted) {
    new MissingImages(images)
        .supplying(
            kind,
            () -> {
              for (String image : wanted) {
                if (!present.contains(image)) {
                  throw lacks(image);
                }
              }
            },
            image -> {
              uploaded.add(images.relativize(image));
              present.add(image.getFileName().toString());
            });
  }

  @Test
  void whatIsLackingIsUploadedOneByOne() {
    make("qemu", new HashSet<>(Set.of("there.img")), "one.img", "there.img", "two.img");
    assertEquals(List.of(Path.of("QEMU/one.img"), Path.of("QEMU/two.img")), uploaded);
  }

  @Test
  void anImageInADirectoryOfItsOwnIsFoundThere() throws IOException {
    Path vendor = Files.createDirectories(images.resolve("QEMU/vendor"));
    Files.writeString(vendor.resolve("one.img"), "the vendor's");
    Set<String> present = new HashSet<>();
    new MissingImages(images)
        .supplying(
            "qemu",
            () -> {
              if (present.isEmpty()) {
                throw lacks("vendor/one.img");
              }
            },
            image -> {
              uploaded.add(images.relativize(image));
              present.add("vendor/one.img");
            });
    assertEquals(List.of(Path.of("QEMU/vendor/one.img")), uploaded);
  }

  @Test
  void whatIsNotHereStaysLacking() {
    assertThrows(LabException.class, () -> make("qemu", new HashSet<>(), "three.img"));
    assertThrows(LabException.class, () -> make("vpcs", new HashSet<>(), "one.img"));
    assertThrows(LabException.class, () -> make("qemu", new HashSet<>(), "../../QEMU"));
    assertEquals(List.of(), uploaded);
  }

  @Test
  void aComputeThatStillLacksAnImageIsBelieved() {
    LabException refusal = lacks("/far/away/one.img");
    assertSame(
        refusal,
        assertThrows(
            LabException.class,
            () ->
                new MissingImages(images)
                    .supplying(
                        "qemu",
                        () -> {
                          throw refusal;
                        },
                        uploaded::add)));
    assertEquals(1, uploaded.size());
  }
}
