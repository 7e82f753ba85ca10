package io.patchbay.emulators.ios;

import java.io.ByteArrayOutputStream;

/**
 * Unpacks what compress(1) packs, the format of files that end with {@code .Z}. Codes of 9 and more
 * bits, the least significant first, each stand for an earlier string and one octet more; codes of
 * one width come in groups of eight.
 */
final class Lzw {
  private static final int HEADER = 3;
  private static final int MAGIC = 0x1f9d;
  private static final int WIDTH_MASK = 0x1f;
  private static final int CLEARS = 0x80;
  private static final int FIRST_WIDTH = 9;
  private static final int MOST_WIDTH = 16;
  private static final int CLEAR = 256;

  private final byte[] packed;
  private final int most;
  private final int[] before;
  private final byte[] last;
  private final byte[] reversed;
  private final boolean clears;
  private final ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
  private int width = FIRST_WIDTH;
  private int next;
  private int previous = -1;
  // In bits.
  private long at = HEADER * 8L;
  private long group = at;

  private Lzw(byte[] packed) {
    if (packed.length < HEADER || ((packed[0] & 0xff) << 8 | packed[1] & 0xff) != MAGIC) {
      throw new IllegalArgumentException("is not compressed as it says");
    }
    this.packed = packed;
    most = packed[2] & WIDTH_MASK;
    clears = (packed[2] & CLEARS) != 0;
    if (most < FIRST_WIDTH || most > MOST_WIDTH) {
      throw new IllegalArgumentException("is compressed in an unknown way");
    }
    before = new int[1 << most];
    last = new byte[1 << most];
    reversed = new byte[1 << most];
    for (int octet = 0; octet < CLEAR; octet++) {
      last[octet] = (byte) octet;
    }
    next = first();
  }

  /**
   * @throws IllegalArgumentException if it is nothing that was packed so
   */
  static byte[] unpack(byte[] packed) {
    if (packed.length == 0) {
      return packed;
    }
    Lzw lzw = new Lzw(packed);
    for (int code = lzw.code(); code >= 0; code = lzw.code()) {
      lzw.take(code);
    }
    return lzw.unpacked.toByteArray();
  }

  private int first() {
    return clears ? CLEAR + 1 : CLEAR;
  }

  /** The next one; -1 at the end. */
  private int code() {
    if (at + width > packed.length * 8L) {
      return -1;
    }
    int code = 0;
    for (int bit = 0; bit < width; bit++, at++) {
      code |= (packed[(int) (at >> 3)] >> (at & 7) & 1) << bit;
    }
    return code;
  }

  private void take(int code) {
    if (clears && code == CLEAR) {
      next = first();
      previous = -1;
      widen(FIRST_WIDTH);
      return;
    }
    if (code > next || code >= before.length || previous < 0 && code >= CLEAR) {
      throw new IllegalArgumentException("is compressed wrongly");
    }
    if (previous >= 0 && next < before.length) {
      before[next] = previous;
      // Of a string that is not complete before itself: it begins as the one before it does.
      last[next] = begin(code == next ? previous : code);
      next++;
    } else if (code >= next) {
      throw new IllegalArgumentException("is compressed wrongly");
    }
    append(code);
    previous = code;
    if (next == 1 << width && width < most) {
      widen(width + 1);
    }
  }

  private byte begin(int code) {
    int begin = code;
    while (begin >= CLEAR) {
      begin = before[begin];
    }
    return last[begin];
  }

  private void append(int code) {
    int length = 0;
    int rest = code;
    for (; rest >= CLEAR; rest = before[rest]) {
      reversed[length++] = last[rest];
    }
    reversed[length++] = last[rest];
    while (length > 0) {
      unpacked.write(reversed[--length]);
    }
  }

  /** What is left of the group of eight codes is skipped. */
  private void widen(int newWidth) {
    long size = width * 8L;
    at = group + Math.ceilDiv(at - group, size) * size;
    group = at;
    width = newWidth;
  }
}
