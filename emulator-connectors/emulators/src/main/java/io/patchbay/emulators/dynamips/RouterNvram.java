package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hardware.Platform;
import io.patchbay.emulators.ios.Configs;
import io.patchbay.emulators.ios.Nvram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where the memories of a router have its NVRAM, as Dynamips' sources say ({@code fs_nvram} and the
 * devices of its platforms). It can be read while the router runs, since Dynamips maps the file.
 *
 * @param memory the last part of the file's name
 * @param offset of the file system
 * @param size of it, 0 for all that follows
 * @param step of each octet only the first of so many is there
 * @param doubled whether a copy of it is in between
 */
record RouterNvram(String memory, int offset, int size, int step, boolean doubled) {
  /** In front of a file system is what belongs to the ROM monitor. */
  private static final int MONITOR = 2048;

  /** Of a file system that is doubled: so much of it, so much of the copy, the rest of it. */
  private static final int FIRST_PART = 0x20000;

  private static final int FIRST_PART_OF_COPY = 0x1c000;

  /** Padding, and a magic number, before IOS' own headers. */
  private static final int HEADER = 8;

  static RouterNvram of(Platform platform) {
    return switch (platform) {
      case C1700, C3600, C7200 -> new RouterNvram("nvram", MONITOR, 0, 1, false);
      case C2600 -> new RouterNvram("nvram", 4 * MONITOR, 0, 4, false);
      case C2691, C3725 -> new RouterNvram("rom", 0xe0000, 0x1c000, 1, true);
      case C3745 -> new RouterNvram("rom", 0xb0000, 0x4c000, 1, true);
    };
  }

  /**
   * The configurations in it.
   *
   * @throws IOException if there is no such file
   * @throws IllegalArgumentException if they are broken
   */
  Configs read(Path file) throws IOException {
    return Nvram.read(fileSystem(part(file)));
  }

  /** Of the file, which may be many times as large, what belongs to the file system. */
  private byte[] part(Path file) throws IOException {
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      long left = Math.max(0, in.size() - offset);
      ByteBuffer part = ByteBuffer.allocate((int) (size == 0 ? left : Math.min(size, left)));
      in.position(offset);
      while (part.hasRemaining() && in.read(part) >= 0) {
        // Until all of it is there.
      }
      return Arrays.copyOf(part.array(), part.position());
    }
  }

  private byte[] fileSystem(byte[] part) {
    int length = part.length / step / (doubled ? 2 : 1);
    byte[] all = new byte[Math.max(0, length - HEADER)];
    for (int i = 0; i < all.length; i++) {
      int at = HEADER + i;
      all[i] = part[step * (doubled && at >= FIRST_PART ? at + FIRST_PART_OF_COPY : at)];
    }
    return all;
  }

  /**
   * What differs after each change.
   *
   * @throws IOException if there is no such file
   */
  int sum(Path file) throws IOException {
    return Arrays.hashCode(fileSystem(part(file)));
  }
}
