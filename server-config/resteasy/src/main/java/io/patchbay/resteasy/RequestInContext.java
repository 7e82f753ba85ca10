package io.patchbay.resteasy;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import org.jboss.resteasy.core.ResteasyContext;

/**
 * Lets resource methods have the {@link ContainerRequestContext} as a parameter, which Jersey does
 * by itself. RESTEasy hands out a proxy, so only the request's own thread may use it.
 *
 * <p>Not marked as a provider, so that other servers do not find it: RESTEasy does by {@code
 * META-INF/services}.
 */
@PreMatching
public class RequestInContext implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    ResteasyContext.pushContext(ContainerRequestContext.class, request);
  }
}
