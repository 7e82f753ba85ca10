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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialUploadTest {
  private static final byte[] IMAGE = "an image in parts".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;
  private ImageLibrary images;

  @BeforeEach
  void open() {
    images = new ImageLibrary(directory, false);
  }

  private static InputStream part(int from, int to) {
    return new ByteArrayInputStream(IMAGE, from, to - from);
  }

  private long append(String name, long offset, InputStream content) {
    return images.append(ImageKind.QEMU, name, IMAGE.length, offset, content);
  }

  private long received() {
    return images.received(ImageKind.QEMU, "new/disk.img", IMAGE.length);
  }

  @Test
  void anImageIsThereWithItsLastPartAndNotBefore() throws IOException {
    assertEquals(0, received());
    assertEquals(5, append("new/disk.img", 0, part(0, 5)));
    assertEquals(5, received());
    assertTrue(images.list(ImageKind.QEMU).isEmpty());
    assertEquals(IMAGE.length, append("new/disk.img", 5, part(5, IMAGE.length)));
    Image image = images.list(ImageKind.QEMU).getFirst();
    assertEquals("new/disk.img", image.path());
    assertEquals("c9bc23870307229f4f897189d6b1c46d", image.md5sum());
    assertArrayEquals(IMAGE, Files.readAllBytes(directory.resolve("QEMU/new/disk.img")));
    assertEquals(0, received());
  }

  @Test
  void whatCameOfAPartThatBrokeOffIsKept() {
    InputStream broken =
        new SequenceInputStream(
            part(0, 7),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the line went dead");
              }
            });
    LabException refused =
        assertThrows(LabException.class, () -> append("new/disk.img", 0, broken));
    assertEquals(ErrorCode.CONFLICT, refused.code());
    assertEquals(7, received());
    assertEquals(IMAGE.length, append("new/disk.img", 7, part(7, IMAGE.length)));
  }

  @Test
  void whatDoesNotGoOnFromWhatIsThereIsRefused() {
    append("new/disk.img", 0, part(0, 5));
    assertThrows(LabException.class, () -> append("new/disk.img", 4, part(4, 9)));
    assertThrows(LabException.class, () -> append("new/disk.img", 6, part(6, 9)));
    assertEquals(5, received());
    InputStream more = new SequenceInputStream(part(5, IMAGE.length), part(0, 1));
    assertThrows(LabException.class, () -> append("new/disk.img", 5, more));
    assertTrue(images.list(ImageKind.QEMU).isEmpty());
  }

  @Test
  void partsStayAmongTheImages() {
    for (String name : new String[] {"../outside", ".hidden", "a/../../b"}) {
      LabException refused = assertThrows(LabException.class, () -> append(name, 0, part(0, 5)));
      assertEquals(ErrorCode.FORBIDDEN, refused.code(), name);
    }
    assertFalse(Files.exists(directory.resolveSibling("outside")));
  }
}
