package io.patchbay.runtime.console;

import io.patchbay.spi.ConsoleViewer.Past;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The last of what a console printed; not thread-safe. */
final class Backlog {
  /**
   * Programs that print octet by octet would make as many pieces, which cost more than they hold.
   */
  private static final int PIECES = 64;

  private final int limit;
  private final long begin;
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private final ByteArrayOutputStream youngest = new ByteArrayOutputStream();
  private int size;

  /** Position behind the last byte that came. */
  private long end;

  /**
   * @param limit in bytes
   * @param begin position of the first byte that comes
   */
  Backlog(int limit, long begin) {
    this.limit = limit;
    this.begin = begin;
    end = begin;
  }

  void add(byte[] data) {
    youngest.writeBytes(data);
    size += data.length;
    end += data.length;
    if (youngest.size() >= limit / PIECES) {
      pieces.add(youngest.toByteArray());
      youngest.reset();
    }
    while (size > limit && pieces.size() > 1) {
      size -= pieces.remove().length;
    }
  }

  /** Everything that is kept; from the beginning of a line on, if it is not all that came. */
  byte[] content() {
    ByteArrayOutputStream all = new ByteArrayOutputStream(size);
    pieces.forEach(all::writeBytes);
    all.writeBytes(youngest.toByteArray());
    byte[] kept = all.toByteArray();
    boolean cut = end - size > begin;
    for (int i = 0; cut && i < kept.length; i++) {
      if (kept[i] == '\n') {
        return Arrays.copyOfRange(kept, i + 1, kept.length);
      }
    }
    return kept;
  }

  /**
   * What came after a position, as far as it is kept. One that this console never had is that of
   * another: all of this one came after it.
   */
  byte[] since(long position) {
    byte[] kept = content();
    long missed = end - known(position);
    return missed < kept.length
        ? Arrays.copyOfRange(kept, (int) (kept.length - missed), kept.length)
        : kept;
  }

  /** What is told of the last so many bytes to who knows everything up to a position. */
  Past past(long position, int length) {
    long first = end - length;
    return new Past(first, length, first - known(position));
  }

  private long known(long position) {
    return position < begin || position > end ? begin : position;
  }
}
