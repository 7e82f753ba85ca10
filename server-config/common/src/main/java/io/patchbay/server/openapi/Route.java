package io.patchbay.server.openapi;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route as {@code routes.txt} describes it.
 *
 * @param path from the root of the server, with parameters in braces
 * @param statuses what it answers with, success first
 */
public record Route(String method, String path, Body body, List<Integer> statuses, String summary) {
  private static final Pattern LINE =
      Pattern.compile(
          "(?<method>[A-Z]+)\\s+(?<path>/\\S+)\\s+(?<body>\\S+)\\s+(?<statuses>[\\d,]+)\\s+(?<summary>\\S.*)");
  private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");

  /** What a request brings along, or how it goes on. */
  public enum Body {
    NONE,
    JSON,
    BYTES,
    STREAM,
    SOCKET
  }

  /**
   * Reads a line of the table.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Route parse(String line) {
    Matcher row = LINE.matcher(line);
    if (!row.matches()) {
      throw new IllegalArgumentException("not a route: " + line);
    }
    String body = row.group("body");
    return new Route(
        row.group("method"),
        row.group("path"),
        body.equals("-") ? Body.NONE : Body.valueOf(body.toUpperCase(Locale.ROOT)),
        List.of(row.group("statuses").split(",")).stream().map(Integer::valueOf).toList(),
        row.group("summary").strip());
  }

  /** Whether JAX-RS serves it; a servlet or a WebSocket endpoint does otherwise. */
  public boolean isResource() {
    return body != Body.STREAM && body != Body.SOCKET;
  }

  /** The parameters of the path, in their order, with their braces. */
  public List<String> parameters() {
    return PARAMETER.matcher(path).results().map(found -> found.group()).toList();
  }

  /** Such as {@code GET /v2/projects/{project_id}}. */
  public String key() {
    return method + " " + path;
  }
}
