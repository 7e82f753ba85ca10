package io.patchbay.server.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/**
 * Names the route: in the header {@code X-Route}, by which clients tell what answered, and for
 * whoever words an error about the request.
 */
@Provider
public class RouteFilter implements ContainerRequestFilter, ContainerResponseFilter {
  /** Property of the request context; set once a route is found. */
  public static final String ROUTE = "io.patchbay.route";

  static final String HEADER = "X-Route";

  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Routes.pattern(request.getUriInfo().getBaseUri().getPath(), resource)
        .ifPresent(route -> request.setProperty(ROUTE, route));
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Object route = request.getProperty(ROUTE);
    if (route != null) {
      response.getHeaders().putSingle(HEADER, route);
    }
  }
}
