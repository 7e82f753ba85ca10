package io.patchbay.controller.node;

import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.http.Answers;
import io.patchbay.server.http.FrontFilter;
import io.patchbay.server.metric.RequestTimes;
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
import java.util.stream.Collectors;

/**
 * A short cut for what clients ask most: it answers reads of the nodes of open projects from the
 * text that each node keeps, where JAX-RS takes more time than all the rest of the request. What it
 * does not know goes on to {@link NodeResource}, which says the same.
 */
public class NodeReads implements Filter {
  private static final String LIST = "/v2/projects/{project_id}/nodes";
  private static final String ONE = LIST + "/{node_id}";

  /** What the parts of a path are, after the slash that it begins with. */
  private static final int VERSION = 1;

  private static final int PROJECTS = 2;
  private static final int PROJECT = 3;
  private static final int NODES = 4;
  private static final int NODE = 5;

  @Inject private Projects projects;
  @Inject private RequestTimes times;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    long begin = System.nanoTime();
    String[] path = asked.getRequestURI().split("/");
    // Without it nobody was asked who calls; the way by JAX-RS refuses that.
    boolean known = FrontFilter.passed(asked::getAttribute);
    Optional<String> text =
        known && asked.getMethod().equals("GET") ? text(path) : Optional.empty();
    if (text.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    String route = path.length > NODE ? ONE : LIST;
    Answers.json((HttpServletResponse) response, route, text.get());
    times.add("GET", route, begin);
  }

  private Optional<String> text(String[] path) {
    if (path.length <= NODES
        || path.length > NODE + 1
        || !path[NODES].equals("nodes")
        || !path[PROJECTS].equals("projects")
        || !path[VERSION].equals("v2")) {
      return Optional.empty();
    }
    Optional<Project> project = projects.find(path[PROJECT]).filter(Project::isOpen);
    return path.length > NODE
        ? project.flatMap(open -> open.findNode(path[NODE])).map(Node::text)
        : project.map(NodeReads::all);
  }

  static String all(Project project) {
    return project.nodes().stream().map(Node::text).collect(Collectors.joining(",", "[", "]"));
  }
}
