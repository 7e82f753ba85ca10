package io.patchbay.server.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** A request whose body is read from memory once it is there. */
public final class BufferedRequest extends HttpServletRequestWrapper {
  private final AtomicReference<ServletInputStream> body = new AtomicReference<>();

  public BufferedRequest(HttpServletRequest request) {
    super(request);
  }

  /** To be called once: from now on the body is read from here. */
  public void arrived(byte[] whole) {
    body.set(new Body(new ByteArrayInputStream(whole)));
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    ServletInputStream there = body.get();
    return there == null ? super.getInputStream() : there;
  }

  private static final class Body extends ServletInputStream {
    private final ByteArrayInputStream in;

    Body(ByteArrayInputStream in) {
      this.in = in;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return in.read(buffer, offset, length);
    }

    @Override
    public boolean markSupported() {
      return true;
    }

    @Override
    public void mark(int most) {
      in.mark(most);
    }

    @Override
    public void reset() {
      in.reset();
    }

    @Override
    public int available() {
      return in.available();
    }

    @Override
    public boolean isFinished() {
      return in.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      try {
        listener.onDataAvailable();
        listener.onAllDataRead();
      } catch (IOException e) {
        listener.onError(e);
      }
    }
  }
}
