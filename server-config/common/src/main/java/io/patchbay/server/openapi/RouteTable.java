package io.patchbay.server.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What {@code META-INF/routes.txt} of a WAR tells about its routes. */
public final class RouteTable {
  private static final String RESOURCE = "/META-INF/routes.txt";
  private static final String CONTEXT = "context ";

  private final Map<String, Route> routes = new LinkedHashMap<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private String context = "/";

  private RouteTable(String text) {
    text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(this::add);
  }

  /** The table of the WAR that holds this class. */
  public static RouteTable load() {
    try (InputStream in = RouteTable.class.getResourceAsStream(RESOURCE)) {
      return new RouteTable(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    switch (line.charAt(0)) {
      case '#' -> {}
      case '{', '?' -> {
        String[] parameter = line.split("\\s+", 2);
        parameters.put(parameter[0], parameter[1]);
      }
      default -> {
        if (line.startsWith(CONTEXT)) {
          context = line.substring(CONTEXT.length()).strip();
        } else {
          Route route = Route.parse(line);
          routes.put(route.key(), route);
        }
      }
    }
  }

  public Collection<Route> routes() {
    return routes.values();
  }

  /** The {@link Route#key}s of those that JAX-RS serves. */
  public SortedSet<String> resourceKeys() {
    return routes.values().stream()
        .filter(Route::isResource)
        .map(Route::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * A route by its path as JAX-RS knows it.
   *
   * @param path below the context root or from the server's root; its parameters may have patterns
   */
  public Optional<Route> find(String method, String path) {
    return Optional.ofNullable(routes.get(method + " " + full(path)));
  }

  /** A path from the server's root, without the patterns of its parameters. */
  public String full(String path) {
    String bare = path.replaceAll("\\{(\\w+)\\s*:(?:[^{}]|\\{[^{}]*})*}", "{$1}");
    boolean complete = context.equals("/") || (bare + "/").startsWith(context + "/");
    return complete ? bare : context + bare;
  }

  /**
   * What a parameter means.
   *
   * @param name as in the table: {@code {name}} in a path, {@code ?name} in a query
   */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
