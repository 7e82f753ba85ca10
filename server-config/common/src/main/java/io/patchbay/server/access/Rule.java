package io.patchbay.server.access;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may use a route.
 *
 * @param path as JAX-RS writes it, from the root of the server
 * @param needs all of which the caller must meet
 */
public record Rule(String method, String path, Set<Need> needs) {

  /**
   * Reads a line of the table: needs joined by a plus, method, path.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Rule parse(String line) {
    List<String> parts = Arrays.asList(line.split("\\s+"));
    if (parts.size() != 3 || !parts.get(2).startsWith("/")) {
      throw new IllegalArgumentException("not a rule: " + line);
    }
    Set<Need> needs =
        Arrays.stream(parts.get(0).split("\\+"))
            .map(Need::of)
            .collect(Collectors.toUnmodifiableSet());
    return new Rule(parts.get(1), parts.get(2), needs);
  }

  /** Without the patterns of its parameters, such as {@code GET /v2/projects/{project_id}}. */
  public String key() {
    return method + " " + path.replaceAll("\\{(\\w+)\\s*:[^{}]*}", "{$1}");
  }
}
