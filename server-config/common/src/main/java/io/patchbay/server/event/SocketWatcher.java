package io.patchbay.server.event;

import io.patchbay.server.machine.Machine;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Duration;

/** Watchers behind WebSockets. */
public final class SocketWatcher {
  private static final String WATCHER = "watcher";

  private SocketWatcher() {}

  /** Tells a session what a feed publishes, until the session closes. */
  public static void start(Session session, EventFeed feed, Duration pingInterval) {
    Watcher.Outlet outlet =
        new Watcher.Outlet() {
          @Override
          public void send(String message) throws IOException {
            session.getBasicRemote().sendText(message);
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
        .put(WATCHER, Watcher.start(feed, outlet, pingInterval, Machine::usage));
  }

  public static void stop(Session session) {
    if (session.getUserProperties().remove(WATCHER) instanceof Watcher watcher) {
      watcher.close();
    }
  }
}
