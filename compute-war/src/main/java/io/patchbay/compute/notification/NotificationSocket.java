package io.patchbay.compute.notification;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.server.event.SocketWatcher;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.time.Duration;

/** What happens on this compute, for its controllers. */
@Dependent
@ServerEndpoint("/notifications/ws")
public class NotificationSocket {
  private static final Duration PING_INTERVAL = Duration.ofSeconds(1);

  @Inject private ComputeLab lab;

  @OnOpen
  public void open(Session session) {
    SocketWatcher.start(session, lab.feed(), PING_INTERVAL);
  }

  @OnClose
  public void close(Session session) {
    SocketWatcher.stop(session);
  }

  @OnError
  public void error(Session session, Throwable broken) {
    SocketWatcher.stop(session);
  }
}
