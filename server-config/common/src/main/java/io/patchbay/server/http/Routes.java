package io.patchbay.server.http;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patterns of routes, such as {@code /v2/projects/{project_id}}. */
public final class Routes {
  private static final String COMPUTE = "/v2/compute/";
  private static final Pattern KIND = Pattern.compile("\\{(node_type|emulator)(?::[^{}]*)?}");
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

  /**
   * A pattern as clients are told it: with the kind of node and the emulator of a compute's route
   * in words, since in API v2 each of them has routes of its own.
   *
   * @param path parameters of the request's path
   */
  static String told(String pattern, MultivaluedMap<String, String> path) {
    return pattern.startsWith(COMPUTE)
        ? KIND.matcher(pattern)
            .replaceAll(kind -> Matcher.quoteReplacement(path.getFirst(kind.group(1))))
        : pattern;
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
