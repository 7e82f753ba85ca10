package io.patchbay.emulators.ios;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NvramTest {
  private static final byte[] SECRETS = bytes("secret\nend\n");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] write(byte[] old, int kilobytes, String startup) {
    return Nvram.write(old, kilobytes, new Configs(bytes(startup), SECRETS));
  }

  private static String startup(byte[] nvram) {
    return new String(Nvram.read(nvram).startup(), StandardCharsets.US_ASCII);
  }

  /**
   * The length decides how what follows is aligned, and the size whether 4 octets more are left.
   */
  @ParameterizedTest
  @ValueSource(ints = {8, 64, 128, 256, 1024})
  void whatIsWrittenIsReadAgain(int kilobytes) {
    byte[] nvram = new byte[0];
    for (String text :
        new String[] {"hostname R1\nend\n", "a", "ab", "abc", "abcd", "hostname R"}) {
      byte[] first = write(new byte[0], kilobytes, text);
      assertEquals(kilobytes * 1024, first.length);
      assertEquals(text, startup(first).stripTrailing() + (text.endsWith("\n") ? "\n" : ""));
      assertArrayEquals(SECRETS, Nvram.read(first).secrets());
      nvram = write(first, kilobytes, text);
      assertEquals(text, startup(nvram), "a known release is not padded");
      assertArrayEquals(SECRETS, Nvram.read(nvram).secrets());
      assertEquals(0, sum(nvram));
    }
  }

  /** Of the half that routers look at, as they do. */
  private static int sum(byte[] nvram) {
    ByteBuffer memory = ByteBuffer.wrap(nvram);
    int sum = 0;
    for (int i = 0; i < nvram.length / 2; i += 2) {
      sum += memory.getShort(i) & 0xffff;
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return ~sum & 0xffff;
  }

  @Test
  void headersAreThoseThatRoutersWrite() {
    byte[] nvram = write(new byte[0], 64, "hostname R1\n");
    assertEquals(
        "abcd0001" + HexFormat.of().formatHex(nvram, 4, 6) + "0f0410000024100000300000000c",
        HexFormat.of().formatHex(nvram, 0, 20));
    assertEquals(
        "fedc000110000040" + "1000004b" + "0000000b", HexFormat.of().formatHex(nvram, 48, 64));
  }

  @Test
  void filesStayAndLimitTheConfigurations() {
    byte[] nvram = write(new byte[0], 64, "hostname R1\n");
    int sector = 32 * 1024 - 2 * 1024 - 1024;
    ByteBuffer.wrap(nvram).putShort(sector, (short) 0xdcba).putShort(sector + 6, (short) 5);
    nvram[sector + 40] = 7;
    byte[] changed = write(nvram, 64, "hostname R2\n");
    assertEquals("hostname R2\n", startup(changed));
    assertEquals(7, changed[sector + 40]);
    String room = "x".repeat((sector - 36 - 16 - SECRETS.length) / 4 * 4);
    assertEquals(room.length(), startup(write(nvram, 64, room)).length());
    IllegalArgumentException full =
        assertThrows(IllegalArgumentException.class, () -> write(nvram, 64, room + "more"));
    assertTrue(full.getMessage().contains("room for " + sector), full.getMessage());
  }

  @Test
  void anotherSizeMakesANewOne() {
    byte[] nvram = write(new byte[0], 64, "hostname R1\n");
    assertEquals(128 * 1024, write(nvram, 128, "hostname R1\n").length);
  }

  @Test
  void whatIsNoNvramHasNoConfigurations() {
    assertEquals(0, Nvram.read(new byte[0]).startup().length);
    assertEquals(0, Nvram.read(new byte[8192]).startup().length);
    byte[] cut = write(new byte[0], 8, "hostname R1\n");
    ByteBuffer.wrap(cut).putInt(16, 1_000_000);
    assertThrows(IllegalArgumentException.class, () -> Nvram.read(cut));
    ByteBuffer.wrap(cut).putInt(16, -1);
    assertThrows(IllegalArgumentException.class, () -> Nvram.read(cut));
    assertThrows(IllegalArgumentException.class, () -> write(cut, 8, "x"));
  }

  @Test
  void compressedConfigurationsAreUnpacked() {
    byte[] packed = LzwTest.pack(bytes("hostname R1\nend\n"), 16);
    ByteBuffer nvram = ByteBuffer.allocate(8192);
    nvram.putShort(0, (short) 0xabcd).putShort(2, (short) 2).putInt(16, packed.length);
    nvram.put(36, packed);
    assertEquals("hostname R1\nend\n", startup(nvram.array()));
    Arrays.fill(nvram.array(), 36, 40, (byte) 0);
    assertThrows(IllegalArgumentException.class, () -> startup(nvram.array()));
  }
}
