package io.patchbay.controller.limit;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Notes which projects are used; looking on is no use, since clients do so by themselves. */
@Dependent
@Provider
public class UseFilter implements ContainerRequestFilter {
  @Inject private IdleLabs idle;

  @Override
  public void filter(ContainerRequestContext request) {
    String project = request.getUriInfo().getPathParameters().getFirst("project_id");
    if (project != null && !request.getMethod().equals("GET")) {
      idle.used(project);
    }
  }
}
