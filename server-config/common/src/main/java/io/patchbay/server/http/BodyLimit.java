package io.patchbay.server.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/**
 * How large bodies of requests may be, those that are put into files among them.
 *
 * @param most bytes; 0 for any number
 */
record BodyLimit(long most) {

  /** Whether a request says itself that its body is too large. */
  boolean isTooLarge(HttpServletRequest request) {
    return most > 0 && request.getContentLengthLong() > most;
  }

  /** A request whose body ends with a {@link BodyRefused} (413) where it gets too large. */
  HttpServletRequest apply(HttpServletRequest request) {
    return most == 0 || request.getContentLengthLong() >= 0 ? request : new Bounded(request, most);
  }

  private static final class Bounded extends HttpServletRequestWrapper {
    private final long most;

    Bounded(HttpServletRequest request, long most) {
      super(request);
      this.most = most;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new BoundedStream(super.getInputStream(), most);
    }
  }

  private static final class BoundedStream extends ServletInputStream {
    private final ServletInputStream in;
    private long left;

    BoundedStream(ServletInputStream in, long most) {
      this.in = in;
      left = most;
    }

    private int count(int read) {
      left -= Math.max(0, read);
      if (left < 0) {
        throw new BodyRefused(413);
      }
      return read;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return count(in.read(buffer, offset, length));
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
