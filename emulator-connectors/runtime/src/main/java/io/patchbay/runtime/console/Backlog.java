package io.patchbay.runtime.console;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The last of what a console printed; not thread-safe. */
final class Backlog {
  private final int limit;
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private int size;
  private boolean cut;

  /**
   * @param limit in bytes
   */
  Backlog(int limit) {
    this.limit = limit;
  }

  void add(byte[] data) {
    pieces.add(data);
    size += data.length;
    while (size > limit && pieces.size() > 1) {
      size -= pieces.remove().length;
      cut = true;
    }
  }

  /** Everything that is kept; from the beginning of a line on, if it is not all that came. */
  byte[] content() {
    ByteArrayOutputStream all = new ByteArrayOutputStream(size);
    pieces.forEach(all::writeBytes);
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
    size = 0;
    cut = false;
  }
}
