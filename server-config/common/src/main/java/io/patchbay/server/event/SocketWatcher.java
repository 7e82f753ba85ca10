package io.patchbay.server.event;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.patchbay.server.machine.Machine;
import jakarta.json.JsonObject;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Watchers behind WebSockets. */
public final class SocketWatcher {
  /** How long clients of the controller hear nothing between pings. */
  public static final Duration PING_INTERVAL = Duration.ofSeconds(5);

  private static final String WATCHER = "watcher";

  /** A client that takes nothing for this long is dead, whatever its connection says. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private SocketWatcher() {}

  /** Tells a session what a feed publishes, until the session closes. */
  public static void start(Session session, EventFeed feed, Duration pingInterval) {
    start(session, feed, pingInterval, message -> true);
  }

  /**
   * The same for somebody who may not see everything.
   *
   * @param sight see {@link Watcher#start}
   */
  public static void start(
      Session session, EventFeed feed, Duration pingInterval, Predicate<JsonObject> sight) {
    Watcher.Outlet outlet =
        new Watcher.Outlet() {
          @Override
          public void send(String message) throws IOException, InterruptedException {
            try {
              session.getAsyncRemote().sendText(message).get(PATIENCE.toMillis(), MILLISECONDS);
            } catch (ExecutionException | TimeoutException | IllegalStateException gone) {
              throw new IOException(gone);
            }
          }

          @Override
          public void close() {
            try {
              session.close();
            } catch (IOException | IllegalStateException gone) {
              // It is closed, which is what was wanted.
            }
          }
        };
    session
        .getUserProperties()
        .put(WATCHER, Watcher.start(feed, outlet, pingInterval, Machine::usage, sight));
  }

  public static void stop(Session session) {
    if (session.getUserProperties().remove(WATCHER) instanceof Watcher watcher) {
      watcher.close();
    }
  }
}
