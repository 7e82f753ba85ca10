package io.patchbay.runtime.console;

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
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private final ByteArrayOutputStream youngest = new ByteArrayOutputStream();
  private int size;
  private boolean cut;

  /**
   * @param limit in bytes
   */
  Backlog(int limit) {
    this.limit = limit;
  }

  void add(byte[] data) {
    youngest.writeBytes(data);
    size += data.length;
    if (youngest.size() >= limit / PIECES) {
      pieces.add(youngest.toByteArray());
      youngest.reset();
    }
    while (size > limit && pieces.size() > 1) {
      size -= pieces.remove().length;
      cut = true;
    }
  }

  /** Everything that is kept; from the beginning of a line on, if it is not all that came. */
  byte[] content() {
    ByteArrayOutputStream all = new ByteArrayOutputStream(size);
    pieces.forEach(all::writeBytes);
    all.writeBytes(youngest.toByteArray());
    byte[] kept = all.toByteArray();
    for (int i = 0; cut && i < kept.length; i++) {
      if (kept[i] == '\n') {
        return Arrays.copyOfRange(kept, i + 1, kept.length);
      }
    }
    return kept;
  }

  void clear() {
    pieces.clear();
    youngest.reset();
    size = 0;
    cut = false;
  }
}
