package io.patchbay.controller.compute;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a client sends for a compute. If reading it is refused, by a limit, the HTTP client would
 * only say that the request failed; this remembers why.
 */
final class PassedContent extends FilterInputStream {
  private volatile RuntimeException refusal;

  PassedContent(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return in.read(buffer, offset, length);
    } catch (RuntimeException refused) {
      refusal = refused;
      throw new IOException(refused);
    }
  }

  /** Throws again what a read has thrown, if one has. */
  void rethrow() {
    if (refusal != null) {
      throw refusal;
    }
  }
}
