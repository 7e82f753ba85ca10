package io.patchbay.controller.notification;

import io.patchbay.controller.access.EventSight;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.event.SocketWatcher;
import io.patchbay.server.http.RequestLimit;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/** What happens on the server. */
@Dependent
@ServerEndpoint("/v2/notifications/ws")
public class NotificationSocket {
  @Inject private Feeds feeds;
  @Inject private EventSight sight;
  @Inject private RequestLimit limit;

  @OnOpen
  public void open(Session session) {
    limit.opened(session);
    SocketWatcher.start(
        session,
        feeds.controller(),
        SocketWatcher.PING_INTERVAL,
        sight.ofServer(Caller.of(session.getUserPrincipal())));
  }

  @OnClose
  public void close(Session session) {
    limit.closed(session);
    SocketWatcher.stop(session);
  }

  @OnError
  public void error(Session session, Throwable broken) {
    SocketWatcher.stop(session);
  }
}
