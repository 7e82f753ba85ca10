package io.patchbay.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Somebody at a console. */
public final class TelnetClient implements AutoCloseable {
  /** A program that comes up may throw away what is typed, so people type again. */
  private static final long TYPE_AGAIN = Duration.ofSeconds(5).toNanos();

  private final Socket socket;
  private final StringBuilder heard = new StringBuilder();
  private volatile boolean hungUp;

  public TelnetClient(int port) {
    this(connect(port));
  }

  private TelnetClient(Socket socket) {
    this.socket = socket;
    Thread.ofVirtual().start(this::read);
  }

  private static Socket connect(int port) {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty while nobody listens there. */
  public static Optional<TelnetClient> tryConnect(int port) {
    try {
      return Optional.of(new TelnetClient(port));
    } catch (UncheckedIOException nobody) {
      return Optional.empty();
    }
  }

  private void read() {
    byte[] buffer = new byte[4096];
    try {
      for (int length = socket.getInputStream().read(buffer);
          length >= 0;
          length = socket.getInputStream().read(buffer)) {
        synchronized (heard) {
          heard.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException closed) {
      // Hung up, here or there.
    }
    hungUp = true;
  }

  public String heard() {
    synchronized (heard) {
      return heard.toString();
    }
  }

  /** Types as it is. */
  public void type(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Types a line until the answer comes. */
  public void ask(String line, String answer) {
    long[] last = {System.nanoTime() - TYPE_AGAIN};
    Deadline.await(
        "the answer '" + answer + "' of the console",
        () -> {
          if (heard().contains(answer)) {
            return true;
          }
          if (System.nanoTime() - last[0] >= TYPE_AGAIN) {
            last[0] = System.nanoTime();
            type(line + "\r\n");
          }
          return false;
        });
  }

  public void awaitHangUp() {
    Deadline.await("the end of the console", () -> hungUp);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
