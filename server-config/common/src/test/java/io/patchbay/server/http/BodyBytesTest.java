package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodyBytesTest {
  private static final int MIB = 1 << 20;
  private final AtomicLong now = new AtomicLong();

  private byte[] read(InputStream in) throws IOException {
    try (BodyBytes bytes = new BodyBytes(4 * MIB, 6L * MIB, now::get)) {
      while (bytes.readFrom(in)) {
        // Each takes a piece.
      }
      return bytes.toByteArray();
    }
  }

  private void assertRefused(int status, InputStream in) {
    assertEquals(status, assertThrows(BodyRefused.class, () -> read(in)).status());
  }

  private static InputStream zeros(int size) {
    return new ByteArrayInputStream(new byte[size]);
  }

  @Test
  void whatIsNotTooLargeIsReadAsItIs() throws IOException {
    assertArrayEquals(new byte[0], read(zeros(0)));
    assertArrayEquals(new byte[4 * MIB], read(zeros(4 * MIB)));
    assertRefused(413, zeros(4 * MIB + 1));
  }

  @Test
  void whoSendsAByteNowAndThenIsCutOff() {
    assertRefused(
        408,
        new FilterInputStream(zeros(MIB)) {
          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            now.addAndGet(Duration.ofSeconds(20).toNanos());
            return super.read(buffer, offset, 1);
          }
        });
  }

  @Test
  void whoSaysNothingUntilTheServerGivesUpIsCutOff() {
    assertRefused(408, broken(Duration.ofSeconds(30)));
    assertThrows(IOException.class, () -> read(broken(Duration.ZERO)));
  }

  private InputStream broken(Duration after) {
    return new FilterInputStream(zeros(1)) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        now.addAndGet(after.toNanos());
        throw new IOException("no more");
      }
    };
  }

  @Test
  void largeOnesAtOnceAreBoundedAndSmallOnesAreNot() throws IOException {
    InputStream large =
        new FilterInputStream(zeros(4 * MIB)) {
          private int read;

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            read += Math.max(0, count);
            if (read == 4 * MIB && count > 0) {
              assertRefused(503, zeros(3 * MIB));
              assertEquals(1000, BodyBytesTest.this.read(zeros(1000)).length);
            }
            return count;
          }
        };
    assertEquals(4 * MIB, read(large).length);
    assertEquals(4 * MIB, read(zeros(4 * MIB)).length);
  }
}
