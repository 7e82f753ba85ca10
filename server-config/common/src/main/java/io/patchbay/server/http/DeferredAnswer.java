package io.patchbay.server.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * An answer that the request's own thread does not send if it is large: the client takes its time
 * to read it, and the thread is the server's. What that thread writes is held until the filters are
 * done; what others write goes out at once, as it does past a size that nobody holds in memory.
 */
final class DeferredAnswer extends HttpServletResponseWrapper {
  /** Bytes that the system takes at once, whatever the client does. */
  private static final int SMALL = 1 << 14;

  private static final int LIMIT = 16 << 20;

  private final TrackedRequest request;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);
  private ServletOutputStream out;
  private boolean passes;

  DeferredAnswer(TrackedRequest request, HttpServletResponse response) {
    super(response);
    this.request = request;
  }

  private boolean holds() {
    return !passes && !request.isAsynchronous();
  }

  /** Sends what is held, by a thread of its own if it is large. The filters are done. */
  void send() throws IOException {
    if (!holds()) {
      return;
    }
    passes = true;
    if (held.size() == 0) {
      return;
    }
    ServletOutputStream direct = getResponse().getOutputStream();
    if (held.size() <= SMALL || !request.isAsyncSupported()) {
      held.writeTo(direct);
      return;
    }
    if (!isCommitted()) {
      setContentLength(held.size());
    }
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    Callable<Void> sending =
        () -> {
          try {
            held.writeTo(direct);
          } finally {
            Answers.complete(context);
          }
          return null;
        };
    Blocking.call(sending);
  }

  @Override
  public ServletOutputStream getOutputStream() {
    if (out == null) {
      out = new Held();
    }
    return out;
  }

  @Override
  public void flushBuffer() throws IOException {
    if (!holds() || held.size() == 0) {
      super.flushBuffer();
    }
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    held.reset();
  }

  @Override
  public void reset() {
    super.reset();
    held.reset();
  }

  @Override
  public void sendError(int status) throws IOException {
    held.reset();
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    held.reset();
    super.sendError(status, message);
  }

  private final class Held extends ServletOutputStream {
    private ServletOutputStream direct() throws IOException {
      return getResponse().getOutputStream();
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (holds() && held.size() + length <= LIMIT) {
        held.write(bytes, offset, length);
        return;
      }
      if (held.size() > 0) {
        passes = true;
        held.writeTo(direct());
        held.reset();
      }
      direct().write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      if (!holds()) {
        direct().flush();
      }
    }

    @Override
    public void close() throws IOException {
      if (!holds()) {
        direct().close();
      }
    }

    @Override
    public boolean isReady() {
      try {
        return direct().isReady();
      } catch (IOException e) {
        return true;
      }
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      try {
        direct().setWriteListener(listener);
      } catch (IOException e) {
        listener.onError(e);
      }
    }
  }
}
