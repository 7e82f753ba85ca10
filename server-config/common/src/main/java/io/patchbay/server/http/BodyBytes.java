package io.patchbay.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A body on its way into memory, within bounds of size and time, since the memory belongs to
 * everybody. Closed once the body is there or given up.
 */
final class BodyBytes implements AutoCloseable {
  /** How long a body may be on its way. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Who says nothing for so long is who the server gives up; before that it is the client. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /** Bytes; no client has a reason for more. */
  private static final int LIMIT = 64 << 20;

  /** Bodies up to this size are read whatever others there are. */
  private static final int SMALL = 1 << 16;

  /** Most bodies fit into one; each request makes its own. */
  private static final int PIECE = 1 << 13;

  private static final AtomicLong HELD = new AtomicLong();

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final byte[] piece = new byte[PIECE];
  private final int limit;
  private final long most;
  private final LongSupplier clock;
  private final long deadline;
  private long held;

  BodyBytes() {
    this(LIMIT, Math.max(LIMIT, Runtime.getRuntime().maxMemory() / 8), System::nanoTime);
  }

  /**
   * @param limit bytes of this one
   * @param most bytes of all that are on their way at once
   * @param clock in nanoseconds
   */
  BodyBytes(int limit, long most, LongSupplier clock) {
    this.limit = limit;
    this.most = most;
    this.clock = clock;
    deadline = clock.getAsLong() + PATIENCE.toNanos();
  }

  /**
   * Takes what one read gives.
   *
   * @return false at the end of the body
   * @throws BodyRefused with 413 if it is too large, 408 if it takes too long, or 503 if too many
   *     large ones come at once
   */
  boolean readFrom(InputStream in) throws IOException {
    int length = next(in);
    if (length < 0) {
      return false;
    }
    body.write(piece, 0, length);
    if (body.size() > limit) {
      throw new BodyRefused(413);
    }
    if (clock.getAsLong() - deadline > 0) {
      throw new BodyRefused(408);
    }
    if (body.size() > SMALL) {
      held += length;
      if (HELD.addAndGet(length) > most) {
        throw new BodyRefused(503);
      }
    }
    return true;
  }

  private int next(InputStream in) throws IOException {
    long asked = clock.getAsLong();
    try {
      return in.read(piece);
    } catch (IOException broken) {
      if (clock.getAsLong() - asked > SILENCE.toNanos()) {
        throw new BodyRefused(408);
      }
      throw broken;
    }
  }

  byte[] toByteArray() {
    return body.toByteArray();
  }

  @Override
  public void close() {
    HELD.addAndGet(-held);
    held = 0;
  }
}
