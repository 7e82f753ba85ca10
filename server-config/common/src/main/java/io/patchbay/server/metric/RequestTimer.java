package io.patchbay.server.metric;

import io.patchbay.server.http.RouteFilter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/**
 * Times the requests that JAX-RS answers. Those that no route takes are left out, so that a client
 * cannot make up routes without end.
 */
@Dependent
@Provider
@PreMatching
public class RequestTimer implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String BEGIN = "io.patchbay.begin";

  @Inject private RequestTimes times;

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(BEGIN, System.nanoTime());
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(BEGIN) instanceof Long begin
        && request.getProperty(RouteFilter.ROUTE) instanceof String route) {
      times.add(request.getMethod(), route, begin);
    }
  }
}
