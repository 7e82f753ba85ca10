package io.patchbay.controller.zip;

import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The table of contents at the end of an archive. Readers take all of it into memory, several times
 * its size, so it is measured before one is let near.
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_SIZE = 20;
  private static final int END64_SIZE = 56;
  private static final long ZIP64 = 0xffffffffL;

  /** Some 300,000 members with names as projects have them. */
  private static final long LARGEST = 32L << 20;

  private ZipDirectory() {}

  /** Refuses an archive with an immodest table; one without any is left to the reader. */
  static void requireModest(Path archive) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(archive)) {
      long size = channel.size();
      long from = Math.max(0, size - END_SIZE - LONGEST_COMMENT);
      ByteBuffer tail = read(channel, from, (int) (size - from));
      for (int at = tail.limit() - END_SIZE; at >= 0; at--) {
        if (tail.getInt(at) == END) {
          require(channel, from + at, tail, at);
          return;
        }
      }
    }
  }

  private static void require(SeekableByteChannel channel, long end, ByteBuffer tail, int at)
      throws IOException {
    long length = Integer.toUnsignedLong(tail.getInt(at + 12));
    long offset = Integer.toUnsignedLong(tail.getInt(at + 16));
    if (offset == ZIP64 || length == ZIP64) {
      ByteBuffer locator = read(channel, Math.max(0, end - LOCATOR_SIZE), LOCATOR_SIZE);
      if (locator.limit() == LOCATOR_SIZE && locator.getInt(0) == LOCATOR) {
        ByteBuffer end64 = read(channel, Math.max(0, locator.getLong(8)), END64_SIZE);
        if (end64.limit() == END64_SIZE) {
          length = end64.getLong(40);
          offset = end64.getLong(48);
        }
      }
    }
    // Where a reader begins: later than said if something was put before the archive.
    long begin = Math.max(offset, end - length);
    if (length < 0 || offset < 0 || end - begin > LARGEST) {
      throw LabException.conflict("The archive cannot be unpacked: it has too many members");
    }
  }

  private static ByteBuffer read(SeekableByteChannel channel, long position, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    channel.position(position);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // Until full or at the end.
    }
    return buffer.flip();
  }
}
