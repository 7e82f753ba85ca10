package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hardware.Platform;
import io.patchbay.emulators.ios.Configs;
import io.patchbay.emulators.ios.Nvram;
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
   * @param content of the file
   * @throws IllegalArgumentException if they are broken
   */
  Configs read(byte[] content) {
    return Nvram.read(fileSystem(content));
  }

  private byte[] fileSystem(byte[] content) {
    int end = size == 0 ? content.length : Math.min(content.length, offset + size);
    int length = Math.max(0, end - offset) / step / (doubled ? 2 : 1);
    byte[] all = new byte[Math.max(0, length - HEADER)];
    for (int i = 0; i < all.length; i++) {
      int at = HEADER + i;
      all[i] =
          content[offset + step * (doubled && at >= FIRST_PART ? at + FIRST_PART_OF_COPY : at)];
    }
    return all;
  }

  /** What differs after each change; of a file that may be large. */
  int sum(byte[] content) {
    return Arrays.hashCode(fileSystem(content));
  }
}
