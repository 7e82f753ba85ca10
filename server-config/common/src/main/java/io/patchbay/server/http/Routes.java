package io.patchbay.server.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Application;
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
   * @param contextRoot of the WAR, such as {@code /v2/compute}; empty for the root
   */
  static Optional<String> pattern(
      String contextRoot, Application application, ResourceInfo resource) {
    Method method = resource.getResourceMethod();
    return method == null
        ? Optional.empty()
        : Optional.of(
            PATTERNS.computeIfAbsent(
                method,
                unseen ->
                    contextRoot
                        + part(path(application))
                        + part(pathOf(resource.getResourceClass()))
                        + part(pathOf(unseen))));
  }

  private static String path(Application application) {
    // A CDI container may hand out a proxy, a subclass of the annotated class.
    for (Class<?> type = application.getClass(); type != null; type = type.getSuperclass()) {
      ApplicationPath annotation = type.getDeclaredAnnotation(ApplicationPath.class);
      if (annotation != null) {
        return annotation.value();
      }
    }
    return "";
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
