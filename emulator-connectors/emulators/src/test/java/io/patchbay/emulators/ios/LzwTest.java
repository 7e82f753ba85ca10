package io.patchbay.emulators.ios;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LzwTest {
  /** What compress(1) makes of it, without ever clearing its table. */
  static byte[] pack(byte[] plain, int most) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes(new byte[] {0x1f, (byte) 0x9d, (byte) (0x80 | most)});
    Map<Integer, Integer> table = new HashMap<>();
    Bits bits = new Bits(packed);
    int next = 257;
    int width = 9;
    int code = -1;
    for (byte octet : plain) {
      if (code < 0) {
        code = octet & 0xff;
        continue;
      }
      int key = code << 8 | octet & 0xff;
      if (table.containsKey(key)) {
        code = table.get(key);
        continue;
      }
      bits.put(code, width);
      if (next > (1 << width) - 1 && width < most) {
        bits.fillGroup(width++);
      }
      if (next < 1 << most) {
        table.put(key, next++);
      }
      code = octet & 0xff;
    }
    if (code >= 0) {
      bits.put(code, width);
    }
    bits.flush();
    return packed.toByteArray();
  }

  private static final class Bits {
    private final ByteArrayOutputStream out;
    private long buffer;
    private int held;
    private int codes;

    Bits(ByteArrayOutputStream out) {
      this.out = out;
    }

    void put(int code, int width) {
      buffer |= (long) code << held;
      held += width;
      codes = (codes + 1) % 8;
      while (held >= 8) {
        out.write((int) buffer);
        buffer >>>= 8;
        held -= 8;
      }
    }

    void fillGroup(int width) {
      while (codes != 0) {
        put(0, width);
      }
    }

    void flush() {
      if (held > 0) {
        out.write((int) buffer);
      }
    }
  }

  private static byte[] sample(int length) {
    Random random = new Random(length);
    byte[] sample = new byte[length];
    for (int i = 0; i < length; i++) {
      // Few letters: much is said again, also over its own end.
      sample[i] = (byte) ('a' + random.nextInt(3));
    }
    return sample;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 100, 3000, 200_000})
  void whatWasPackedComesOut(int length) {
    for (int most : new int[] {9, 10, 12, 16}) {
      assertArrayEquals(sample(length), Lzw.unpack(pack(sample(length), most)));
    }
    assertArrayEquals(new byte[length], Lzw.unpack(pack(new byte[length], 16)));
  }

  /** gzip(1) reads the same format, so the packing here is the one that is meant. */
  @Test
  void gzipAgrees() throws IOException {
    for (int most : new int[] {12, 16}) {
      byte[] sample = sample(50_000);
      Process gzip = new ProcessBuilder("gzip", "-dc").start();
      byte[] packed = pack(sample, most);
      Thread.ofVirtual()
          .start(
              () -> {
                try (OutputStream in = gzip.getOutputStream()) {
                  in.write(packed);
                } catch (IOException e) {
                  gzip.destroyForcibly();
                }
              });
      assertArrayEquals(sample, gzip.getInputStream().readAllBytes(), "up to " + most + " bits");
    }
  }

  @Test
  void nonsenseIsRefused() {
    assertEquals(0, Lzw.unpack(new byte[0]).length);
    for (byte[] nonsense :
        new byte[][] {
          {1, 2, 3, 4},
          {0x1f},
          {0x1f, (byte) 0x9d, (byte) 0x88, 1, 2},
          {0x1f, (byte) 0x9d, (byte) 0x91, 1, 2},
          {0x1f, (byte) 0x9d, (byte) 0x90, (byte) 0xff, (byte) 0xff, (byte) 0xff}
        }) {
      assertThrows(IllegalArgumentException.class, () -> Lzw.unpack(nonsense));
    }
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] any = new byte[random.nextInt(3, 200)];
      random.nextBytes(any);
      any[0] = 0x1f;
      any[1] = (byte) 0x9d;
      try {
        Lzw.unpack(any);
      } catch (IllegalArgumentException refused) {
        // Either is good; nothing else may be thrown.
      }
    }
  }
}
