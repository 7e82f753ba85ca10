package io.patchbay.server.metric;

import io.patchbay.server.http.RouteFilter;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;

/**
 * How long requests take, by method and route: {@code patchbay_rest_requests_seconds} at {@code
 * /metrics}. Requests that no route takes are left out, so that a client cannot make up routes
 * without end.
 */
@Provider
@PreMatching
public class RequestTimer implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String BEGIN = "io.patchbay.begin";

  /** Nothing on servers without MicroProfile Metrics, where the class of the timers cannot load. */
  @Inject private Instance<RouteTimers> timers;

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(BEGIN, System.nanoTime());
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(BEGIN) instanceof Long begin
        && request.getProperty(RouteFilter.ROUTE) instanceof String route
        && timers.isResolvable()) {
      timers.get().update(request.getMethod(), route, Duration.ofNanos(System.nanoTime() - begin));
    }
  }
}
