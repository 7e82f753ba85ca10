package io.patchbay.controller.notification;

import io.patchbay.controller.access.EventSight;
import io.patchbay.controller.access.Sharing;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectLifecycle;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.access.Right;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.http.Answers;
import io.patchbay.server.http.FrontFilter;
import io.patchbay.server.http.NotificationServlet;
import io.patchbay.server.http.SocketRequests;
import io.patchbay.server.http.StatusCodes;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses WebSockets before the upgrade, where an answer can still say why, and leads the endless
 * streams to their servlet.
 */
public class SocketFilter implements Filter {
  private static final Pattern STREAM =
      Pattern.compile("/v2(?:/projects/(?<project>[^/]+))?/notifications(?<socket>/ws)?");
  private static final Pattern CONSOLE =
      Pattern.compile("/v2/projects/([^/]+)/nodes/([^/]+)/console/ws");
  private static final String CONSOLE_ROUTE =
      "/v2/projects/{project_id}/nodes/{node_id}/console/ws";

  @Inject private Projects projects;
  @Inject private ProjectLifecycle lifecycle;
  @Inject private Feeds feeds;
  @Inject private EventSight sight;
  @Inject private Sharing sharing;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!FrontFilter.requirePassed(request, response)) {
      return;
    }
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    Matcher stream = STREAM.matcher(asked.getRequestURI());
    Matcher console = CONSOLE.matcher(asked.getRequestURI());
    if (!console.matches() && !stream.matches()) {
      chain.doFilter(request, response);
      return;
    }
    if (!Answers.requireGet(asked, answer)) {
      return;
    }
    Answers.route(answer, console.matches() ? CONSOLE_ROUTE : route(stream));
    try {
      if (console.matches()) {
        projects.get(console.group(1)).requireOpen().node(console.group(2));
        SocketRequests.since(asked);
        SocketRequests.require(asked);
        chain.doFilter(request, response);
      } else {
        watch(asked, answer, chain, stream);
      }
    } catch (LabException refused) {
      Answers.error(answer, StatusCodes.http(refused.code()), refused.getMessage());
    }
  }

  private static String route(Matcher stream) {
    return "/v2"
        + (stream.group("project") == null ? "" : "/projects/{project_id}")
        + "/notifications"
        + (stream.group("socket") == null ? "" : "/ws");
  }

  private void watch(
      HttpServletRequest asked, HttpServletResponse answer, FilterChain chain, Matcher stream)
      throws IOException, ServletException {
    Optional<Project> project = Optional.ofNullable(stream.group("project")).map(projects::get);
    Optional<Caller> caller = Caller.of(asked);
    if (stream.group("socket") != null) {
      SocketRequests.require(asked);
      chain.doFilter(asked, answer);
    } else {
      NotificationServlet.answer(
          asked,
          answer,
          project.map(Project::feed).orElseGet(feeds::controller),
          project
              .map(watched -> sight.ofProject(caller, watched.id()))
              .orElseGet(() -> sight.ofServer(caller)),
          () ->
              project
                  .filter(left -> sharing.may(caller, Right.OPERATE, left.id()))
                  .ifPresent(lifecycle::watcherLeft));
    }
  }
}
