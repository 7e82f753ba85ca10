package io.patchbay.server.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code META-INF/access.txt} of a WAR says of its routes: a tree of the parts of their paths.
 * Paths are compared as they came, escapes and all; what matches nothing here is nobody's but the
 * administrator's, so another spelling of a path opens nothing. Immutable.
 */
public final class RuleTable {
  private static final String RESOURCE = "/META-INF/access.txt";

  private final List<Rule> rules = new ArrayList<>();
  private final PathTree tree = new PathTree();

  /**
   * @param text lines of needs, method and path; of rules for the same path the first counts whose
   *     patterns match
   */
  RuleTable(String text) {
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(Rule::parse)
        .forEach(
            rule -> {
              rules.add(rule);
              tree.add(rule);
            });
  }

  /** The table of the WAR that holds this class. */
  public static RuleTable load() {
    try (InputStream in = RuleTable.class.getResourceAsStream(RESOURCE)) {
      return new RuleTable(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Rule> rules() {
    return List.copyOf(rules);
  }

  /**
   * The rule of a request.
   *
   * @param path from the root of the server, not decoded
   */
  public Optional<Match> find(String method, String path) {
    return tree.find(method, path);
  }

  /** Whether there is the path, for whatever method. */
  boolean knows(String path) {
    return tree.find(PathTree.ANY_METHOD, path).isPresent();
  }
}
