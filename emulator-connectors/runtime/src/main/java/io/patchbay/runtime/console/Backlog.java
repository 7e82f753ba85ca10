package io.patchbay.runtime.console;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last of what a console printed while nobody looked; not thread-safe. */
final class Backlog {
  private final int limit;
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private int size;

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
    }
  }

  /** Everything that is kept, which is forgotten here. */
  byte[] take() {
    ByteArrayOutputStream all = new ByteArrayOutputStream(size);
    pieces.forEach(all::writeBytes);
    pieces.clear();
    size = 0;
    return all.toByteArray();
  }
}
