package io.patchbay.server.http;

import io.patchbay.spi.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;

/**
 * Names the route: in the header {@code X-Route}, by which clients tell what answered, and in
 * answers of 400, which say what was asked.
 */
@Dependent
@Provider
public class RouteFilter implements ContainerRequestFilter, ContainerResponseFilter {
  /** Attribute of the request: the route's pattern here; set once a route is found. */
  public static final String ROUTE = "io.patchbay.route";

  /** Attribute of the request: the body as far as it was read, as JSON. */
  public static final String BODY = "io.patchbay.body";

  /**
   * Attribute of the request: lists of the values in its query, by name; unset if there are none.
   */
  public static final String QUERY = "io.patchbay.query";

  static final String HEADER = "X-Route";

  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Routes.pattern(request.getUriInfo().getBaseUri().getPath(), resource)
        .ifPresent(route -> request.setProperty(ROUTE, route));
    Map<String, List<String>> query = request.getUriInfo().getQueryParameters();
    if (!query.isEmpty()) {
      request.setProperty(QUERY, query);
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(ROUTE) instanceof String route) {
      String told = Routes.told(route, request.getUriInfo().getPathParameters());
      response.getHeaders().putSingle(HEADER, told);
      if (response.getStatus() == 400 && response.getEntity() instanceof JsonObject error) {
        response.setEntity(asked(request, told, error));
      }
    }
  }

  private static JsonObject asked(ContainerRequestContext request, String route, JsonObject error) {
    JsonValue body =
        request.getProperty(BODY) instanceof JsonValue read ? read : JsonValue.EMPTY_JSON_OBJECT;
    return Json.createObjectBuilder(error)
        .add("method", request.getMethod())
        .add("path", route)
        .add("request", body)
        .build();
  }
}
