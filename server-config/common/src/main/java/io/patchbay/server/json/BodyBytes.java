package io.patchbay.server.json;

import io.patchbay.server.http.BodyRefused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Reads bodies that are held in memory, within bounds of size and time: the thread that reads one
 * belongs to the server, and the memory to everybody.
 */
final class BodyBytes {
  /** Bytes; no client has a reason for more. */
  private static final int LIMIT = 64 << 20;

  /** Bodies up to this size are read whatever others there are. */
  private static final int SMALL = 1 << 16;

  /** Most bodies fit into one; each request makes its own. */
  private static final int PIECE = 1 << 13;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicLong HELD = new AtomicLong();

  private BodyBytes() {}

  /**
   * @throws BodyRefused with 413 if it is too large, 408 if it takes too long, or 503 if too many
   *     large ones come at once
   */
  static byte[] read(InputStream in) throws IOException {
    return read(in, LIMIT, Math.max(LIMIT, Runtime.getRuntime().maxMemory() / 8), System::nanoTime);
  }

  /**
   * @param most bytes of all that are read at once
   * @param clock in nanoseconds
   */
  static byte[] read(InputStream in, int limit, long most, LongSupplier clock) throws IOException {
    long deadline = clock.getAsLong() + PATIENCE.toNanos();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE];
    long held = 0;
    try {
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
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
      }
      return body.toByteArray();
    } finally {
      HELD.addAndGet(-held);
    }
  }
}
