package io.patchbay.server.http;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Patterns of routes, such as {@code /v2/projects/{project_id}}. */
public final class Routes {
  private static final Map<Method, String> PATTERNS = new ConcurrentHashMap<>();

  private Routes() {}

  /**
   * The pattern of the resource method that answers; empty where none was found.
   *
   * @param basePath where the API begins, such as {@code /v2/}
   */
  static Optional<String> pattern(String basePath, ResourceInfo resource) {
    Method method = resource.getResourceMethod();
    return method == null
        ? Optional.empty()
        : Optional.of(
            PATTERNS.computeIfAbsent(
                method,
                unseen ->
                    part(basePath)
                        + part(pathOf(resource.getResourceClass()))
                        + part(pathOf(unseen))));
  }

  private static String pathOf(java.lang.reflect.AnnotatedElement element) {
    Path annotation = element.getAnnotation(Path.class);
    return annotation == null ? "" : annotation.value();
  }

  private static String part(String path) {
    String bare = path.replaceAll("^/+|/+$", "");
    return bare.isEmpty() ? "" : "/" + bare;
  }
}
