package io.patchbay.it;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A WebSocket client that collects what it hears. */
final class Listener implements WebSocket.Listener, AutoCloseable {
  private static final Duration TYPE_AGAIN = Duration.ofSeconds(8);

  private final StringBuilder heard = new StringBuilder();
  private final WebSocket socket;
  private final CountDownLatch closed = new CountDownLatch(1);

  Listener(URI uri) throws Exception {
    this(uri, Optional.empty());
  }

  Listener(URI uri, Optional<String> authorization) throws Exception {
    WebSocket.Builder builder = Api.HTTP.newWebSocketBuilder();
    authorization.ifPresent(value -> builder.header("Authorization", value));
    socket = builder.buildAsync(uri, this).get(10, TimeUnit.SECONDS);
  }

  void say(String line) throws Exception {
    socket
        .sendBinary(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), true)
        .get(10, TimeUnit.SECONDS);
  }

  /** Waits until what was heard is as wanted; fails with what it was if that takes too long. */
  String await(Predicate<String> wanted, Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    synchronized (heard) {
      while (!wanted.test(heard.toString())) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("heard only: " + heard);
        }
        heard.wait(left);
      }
      return heard.toString();
    }
  }

  /**
   * Types a line until the answer is as wanted. Like a person at a terminal it types again when
   * nothing happens: a VPCS that is coming up throws away what was typed meanwhile.
   */
  String ask(String line, Predicate<String> wanted, Duration within) throws Exception {
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      // One line at a time: VPCS forgets what comes together with a line end.
      say(line + "\r");
      long left = deadline - System.nanoTime();
      try {
        return await(wanted, left < TYPE_AGAIN.toNanos() ? Duration.ofNanos(left) : TYPE_AGAIN);
      } catch (AssertionError notYet) {
        if (System.nanoTime() >= deadline) {
          throw notYet;
        }
      }
    }
  }

  void forget() {
    synchronized (heard) {
      heard.setLength(0);
    }
  }

  private void add(CharSequence text) {
    synchronized (heard) {
      heard.append(text);
      heard.notifyAll();
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    add(last ? data + "\n" : data);
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    add(StandardCharsets.UTF_8.decode(data));
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.countDown();
    return null;
  }

  /** Waits until the server has ended the connection; fails if that takes too long. */
  void awaitClosed(Duration within) throws InterruptedException {
    if (!closed.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still open");
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
