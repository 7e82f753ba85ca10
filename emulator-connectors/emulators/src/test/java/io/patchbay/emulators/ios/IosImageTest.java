package io.patchbay.emulators.ios;

import static io.patchbay.testkit.Nodes.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.testkit.router.RouterImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IosImageTest {
  private static final byte[] WHOLE = RouterImage.bytes();

  /** Of the section that is loaded, which is the second one. */
  private static final int ENTRY = ByteBuffer.wrap(WHOLE).getInt(32) + 40;

  @TempDir private Path directory;

  private void look(byte[] content) {
    try {
      Path image = Files.write(directory.resolve("image"), content);
      IosImage.requireLoadable(image, "x.image");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String refused(byte[] content) {
    return refusal(() -> look(content));
  }

  /** With another number in the place of one of four octets. */
  private static byte[] with(int place, int number) {
    byte[] content = WHOLE.clone();
    ByteBuffer.wrap(content).putInt(place, number);
    return content;
  }

  @Test
  void wholeOnesAreLoaded() {
    look(WHOLE);
    look(Arrays.copyOf(WHOLE, WHOLE.length + 100));
  }

  @Test
  void whatIsCutOffIsNot() {
    for (int length = 0; length < WHOLE.length; length += 7) {
      assertTrue(
          refused(Arrays.copyOf(WHOLE, length)).startsWith("\"x.image\" is not a valid IOS image"));
    }
    assertTrue(refused(Arrays.copyOf(WHOLE, WHOLE.length - 1)).contains("table of sections"));
    assertTrue(refused(Arrays.copyOf(WHOLE, 20)).contains("header"));
  }

  @Test
  void sectionsThatAreNotInTheFileAreNot() {
    assertTrue(refused(with(ENTRY + 16, WHOLE.length)).contains("sections do"));
    assertTrue(refused(with(ENTRY + 16, -1)).contains("sections do"));
    assertTrue(refused(with(ENTRY + 20, Integer.MAX_VALUE)).contains("sections do"));
    assertTrue(refused(with(32, -1)).contains("table of sections"));
  }

  @Test
  void memoryWithoutContentNeedsNone() {
    byte[] content = with(ENTRY + 40 + 4, 8);
    ByteBuffer.wrap(content).putInt(ENTRY + 40 + 8, 3).putInt(ENTRY + 40 + 20, 1 << 24);
    look(content);
  }

  @Test
  void thereMustBeSomethingToLoad() {
    assertTrue(refused(with(ENTRY + 8, 0)).contains("no section to load"));
    byte[] content = WHOLE.clone();
    ByteBuffer.wrap(content).putShort(48, (short) 0);
    assertTrue(refused(content).contains("no section to load"));
  }

  @Test
  void otherFilesAreNot() {
    assertEquals("\"x.image\" is not a valid IOS image", refused("no image at all".getBytes()));
  }
}
