package io.patchbay.emulators.dynamips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.emulators.dynamips.hardware.Platform;
import io.patchbay.emulators.ios.Configs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files as Dynamips lays them out; what it really writes is in {@link RouterConfigsTest}. */
class RouterNvramTest {
  private static final String STARTUP = "hostname R1\nend\n";

  @TempDir private Path directory;

  /** A file system of a platform, with what IOS would put into it, from its magic number on. */
  private static byte[] fileSystem(String startup, int padding) {
    ByteBuffer all = ByteBuffer.allocate(0x28000);
    all.position(6);
    all.putShort((short) 0xf0a5).putShort((short) 0xabcd).putShort((short) 1);
    all.putInt(0x1234_0c04).putInt(36).putInt(36 + startup.length()).putInt(startup.length());
    all.position(8 + 36);
    all.put(startup.getBytes(StandardCharsets.US_ASCII));
    int odd = all.position() % 4;
    all.position(all.position() + (odd == 0 ? 0 : padding - odd));
    all.putShort((short) 0xfedc).putShort((short) 1).putInt(0).putInt(0).putInt(4);
    all.put(new byte[] {'k', 'e', 'y', '\n'});
    return all.array();
  }

  /** The file that a platform would have it in. */
  private static byte[] file(Platform platform, byte[] fileSystem) {
    RouterNvram nvram = RouterNvram.of(platform);
    byte[] file = new byte[nvram.offset() + nvram.step() * 2 * fileSystem.length + 0x1c000];
    for (int i = 0; i < fileSystem.length; i++) {
      file[nvram.offset() + nvram.step() * (nvram.doubled() && i >= 0x20000 ? i + 0x1c000 : i)] =
          fileSystem[i];
    }
    return file;
  }

  private Path written(byte[] file) throws IOException {
    return Files.write(directory.resolve("memory"), file);
  }

  private static String text(byte[] part) {
    return new String(part, StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @EnumSource(Platform.class)
  void configurationsOfEveryPlatformAreFound(Platform platform) throws IOException {
    for (int padding : new int[] {4, 8}) {
      for (String startup : new String[] {STARTUP, STARTUP + "!", STARTUP + "!!", "x"}) {
        Configs configs =
            RouterNvram.of(platform).read(written(file(platform, fileSystem(startup, padding))));
        assertEquals(startup, text(configs.startup()));
        assertEquals("key\n", text(configs.secrets()));
      }
    }
  }

  @Test
  void largeOneContinuesBehindThePartOfItsCopy() throws IOException {
    String startup = "hostname R1\n" + "! comment\n".repeat(13_200);
    byte[] file = file(Platform.C3745, fileSystem(startup, 4));
    assertEquals(startup, text(RouterNvram.of(Platform.C3745).read(written(file)).startup()));
  }

  @ParameterizedTest
  @EnumSource(Platform.class)
  void everyOctetOfItCounts(Platform platform) throws IOException {
    byte[] file = file(platform, fileSystem(STARTUP, 4));
    RouterNvram nvram = RouterNvram.of(platform);
    int sum = nvram.sum(written(file));
    file[nvram.offset() + nvram.step() * 60]++;
    assertNotEquals(sum, nvram.sum(written(file)));
  }

  @ParameterizedTest
  @CsvSource({"0", "100", "2048", "2060", "2100"})
  void filesThatAreCutOffHaveNone(int length) throws IOException {
    byte[] file = Arrays.copyOf(file(Platform.C7200, fileSystem(STARTUP, 4)), length);
    RouterNvram nvram = RouterNvram.of(Platform.C7200);
    if (length < 2092) {
      assertEquals(0, nvram.read(written(file)).startup().length);
    } else {
      assertThrows(IllegalArgumentException.class, () -> nvram.read(written(file)));
    }
  }
}
