package io.patchbay.controller.notification;

import io.patchbay.controller.access.EventSight;
import io.patchbay.controller.access.Sharing;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectLifecycle;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.access.Right;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.event.SocketWatcher;
import io.patchbay.server.http.RequestLimit;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.Optional;

/** What happens in a project. */
@Dependent
@ServerEndpoint("/v2/projects/{project_id}/notifications/ws")
public class ProjectNotificationSocket {
  @Inject private Projects projects;
  @Inject private ProjectLifecycle lifecycle;
  @Inject private EventSight sight;
  @Inject private Sharing sharing;
  @Inject private RequestLimit limit;

  @OnOpen
  public void open(Session session, @PathParam("project_id") String projectId) throws IOException {
    limit.opened(session);
    Optional<Project> project = projects.find(projectId);
    if (project.isPresent()) {
      SocketWatcher.start(
          session,
          project.get().feed(),
          SocketWatcher.PING_INTERVAL,
          sight.ofProject(Caller.of(session.getUserPrincipal()), projectId));
    } else {
      session.close(new CloseReason(CloseReason.CloseCodes.CANNOT_ACCEPT, "No such project"));
    }
  }

  @OnClose
  public void close(Session session, @PathParam("project_id") String projectId) {
    limit.closed(session);
    SocketWatcher.stop(session);
    if (sharing.may(Caller.of(session.getUserPrincipal()), Right.OPERATE, projectId)) {
      projects.find(projectId).ifPresent(lifecycle::watcherLeft);
    }
  }

  @OnError
  public void error(Session session, Throwable broken) {
    SocketWatcher.stop(session);
  }
}
