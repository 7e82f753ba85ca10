package io.patchbay.server.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A request and its answer as a server would have them, seen from the server's side. */
final class FakeExchange {
  final Map<String, String> headers = new ConcurrentHashMap<>();
  final Map<String, String> told = new ConcurrentHashMap<>();
  final BlockingQueue<String> dispatched = new LinkedBlockingQueue<>();
  final CountDownLatch complete = new CountDownLatch(1);
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final List<AsyncListener> listeners = new ArrayList<>();
  private final Body body;
  private final AsyncContext context =
      proxy(
          AsyncContext.class,
          (self, method, arguments) -> {
            switch (method.getName()) {
              case "addListener" -> listeners.add((AsyncListener) arguments[0]);
              case "dispatch" -> dispatched.add((String) arguments[0]);
              case "complete" -> complete();
              default -> {}
            }
            return null;
          });
  volatile Thread sender;
  private volatile int status = 200;
  private volatile boolean given;

  /**
   * @param body what the client sends
   */
  FakeExchange(InputStream body) {
    this.body = new Body(body);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  HttpServletRequest request() {
    return proxy(
        HttpServletRequest.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "getInputStream" -> body;
              case "getContentLengthLong" -> Long.parseLong(headers.getOrDefault("Length", "-1"));
              case "getHeader" -> headers.get((String) arguments[0]);
              case "getProtocol" -> headers.getOrDefault("Protocol", "HTTP/1.1");
              case "getRequestURI" -> "/v2/compute/projects/a%20b";
              case "getContextPath" -> "/v2/compute";
              case "getQueryString" -> headers.get("Query");
              case "startAsync", "getAsyncContext" -> context;
              case "isAsyncSupported" -> true;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  HttpServletResponse answer() {
    return proxy(
        HttpServletResponse.class,
        (self, method, arguments) -> {
          switch (method.getName()) {
            case "getOutputStream" -> {
              return new Sink();
            }
            case "isCommitted" -> {
              return false;
            }
            case "setStatus" -> status = (Integer) arguments[0];
            case "setHeader" -> told.put((String) arguments[0], (String) arguments[1]);
            default -> told.put(method.getName(), arguments == null ? "" : "" + arguments[0]);
          }
          return null;
        });
  }

  /** Lets go of the request, as a server does whose client has left. */
  void giveUp() {
    given = true;
  }

  private void complete() throws IOException {
    if (given) {
      throw new IllegalStateException("not suspended");
    }
    for (AsyncListener listener : listeners) {
      listener.onComplete(new AsyncEvent(context));
    }
    complete.countDown();
  }

  int status() {
    return status;
  }

  int sent() {
    return sent.size();
  }

  String sentText() {
    return sent.toString(StandardCharsets.UTF_8);
  }

  private final class Sink extends ServletOutputStream {
    @Override
    public void write(int value) {
      sender = Thread.currentThread();
      sent.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      sender = Thread.currentThread();
      sent.write(bytes, offset, length);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException();
    }
  }

  private static final class Body extends ServletInputStream {
    private final InputStream in;

    Body(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return in.read(buffer, offset, length);
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException();
    }
  }
}
