package io.patchbay.server.http;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/**
 * Looks every now and then whether a client is still there, and lets go of what is read for it when
 * it is not. Where the connection cannot be seen, such as on other systems than Linux, it does
 * nothing.
 */
final class ClientWatch implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Thread watcher;

  /**
   * @param source is closed, once, if the client leaves; whoever reads it must be woken by that
   */
  ClientWatch(Connection connection, Closeable source) {
    this(connection, source, INTERVAL);
  }

  ClientWatch(Connection connection, Closeable source, Duration interval) {
    watcher =
        Thread.ofVirtual()
            .name("client-watch")
            .unstarted(() -> watch(connection, source, interval));
    if (connection.isOpen()) {
      watcher.start();
    }
  }

  private static void watch(Connection connection, Closeable source, Duration interval) {
    try {
      do {
        Thread.sleep(interval);
      } while (connection.isOpen());
      source.close();
    } catch (InterruptedException over) {
      // The answer has ended first.
    } catch (IOException broken) {
      // Nothing is read from it any more.
    }
  }

  /** Looks no longer. */
  @Override
  public void close() {
    watcher.interrupt();
  }
}
