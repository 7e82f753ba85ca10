package io.patchbay.server.access;

import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import io.patchbay.server.http.FrontFilter;
import io.patchbay.server.http.RouteFilter;
import io.patchbay.server.openapi.RouteTable;
import io.patchbay.spi.LabException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that the route which JAX-RS found, and the project in its path, are those whose rule
 * was asked before: two that read paths could read one differently.
 */
@Dependent
@Provider
@Priority(Priorities.USER + 1)
public class RuleFilter implements ContainerRequestFilter {
  private static final String PROJECT = "project_id";

  /** To whom all routes of a WAR are one. */
  private static final Set<Role> UNLIMITED = EnumSet.of(Role.ADMINISTRATOR, Role.CONTROLLER);

  private final RouteTable routes = RouteTable.load();
  private final Map<String, String> full = new ConcurrentHashMap<>();

  @Override
  public void filter(ContainerRequestContext request) {
    if (!FrontFilter.passed(request::getProperty)) {
      throw new ServiceUnavailableException();
    }
    boolean limited =
        Caller.of(request.getSecurityContext().getUserPrincipal())
            .filter(caller -> !UNLIMITED.contains(caller.role()))
            .isPresent();
    if (limited && !isAsked(request)) {
      throw LabException.notFound("There is nothing at this path");
    }
  }

  private boolean isAsked(ContainerRequestContext request) {
    if (!(request.getProperty(Access.MATCH) instanceof Match match)
        || !(request.getProperty(RouteFilter.ROUTE) instanceof String route)) {
      return false;
    }
    String project = request.getUriInfo().getPathParameters().getFirst(PROJECT);
    String key = request.getMethod() + " " + full.computeIfAbsent(route, routes::full);
    return key.equals(match.rule().key())
        && match.projectId().equals(project == null ? "" : project);
  }
}
