package io.patchbay.controller.limit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** A stream of which no more than so many bytes are taken; a larger one is refused. */
final class BoundedInput extends FilterInputStream {
  private final Supplier<? extends RuntimeException> refusal;
  private long left;

  /**
   * @param most bytes; negative for not even none
   * @param refusal thrown as soon as there is more
   */
  BoundedInput(InputStream in, long most, Supplier<? extends RuntimeException> refusal) {
    super(in);
    this.refusal = refusal;
    left = most;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    take(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    take(Math.max(0, count));
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(count);
    take(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void take(long count) {
    left -= count;
    if (left < 0) {
      throw refusal.get();
    }
  }
}
