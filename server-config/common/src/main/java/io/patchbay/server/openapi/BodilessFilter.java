package io.patchbay.server.openapi;

import io.patchbay.server.http.RouteFilter;
import io.patchbay.server.json.RequestBody;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/** Routes that look at no body refuse one all the same that is no JSON. */
@Dependent
@Provider
@Priority(Priorities.USER + 1)
public class BodilessFilter implements ContainerRequestFilter {
  private final RouteTable table = RouteTable.load();

  /** Of the request that is under way. */
  @Context private HttpServletRequest servletRequest;

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getProperty(RouteFilter.ROUTE) instanceof String route
        && table
            .find(request.getMethod(), route)
            .filter(found -> found.body() == Route.Body.NONE)
            .isPresent()) {
      RequestBody.requireJson(servletRequest);
    }
  }
}
