package io.patchbay.server.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules by the parts of their paths. A part is a text, a parameter {@code {name}}, one with choices
 * {@code {name:one|other}}, or one that takes slashes too, {@code {name:.+}}. Texts come before
 * parameters, and parameters in the order in which they were added.
 */
final class PathTree {
  /** Finds the first rule for a path, whatever its method. */
  static final String ANY_METHOD = "";

  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)(?:\\s*:\\s*(.+))?}");
  private static final String REST = ".+";
  private static final String PROJECT = "project_id";

  private final Map<String, PathTree> texts = new HashMap<>();
  private final List<Branch> parameters = new ArrayList<>();
  private final Map<String, Rule> rules = new HashMap<>();

  private record Branch(String name, Optional<Pattern> choices, boolean rest, PathTree tree) {
    boolean takes(String part) {
      return !part.isEmpty() && (choices.isEmpty() || choices.get().matcher(part).matches());
    }
  }

  void add(Rule rule) {
    PathTree tree = this;
    for (String part : rule.path().substring(1).split("/")) {
      tree = tree.child(part);
    }
    if (tree.rules.putIfAbsent(rule.method(), rule) != null) {
      throw new IllegalArgumentException("two rules for " + rule.key());
    }
  }

  private PathTree child(String part) {
    Matcher parameter = PARAMETER.matcher(part);
    if (!parameter.matches()) {
      return texts.computeIfAbsent(part, unseen -> new PathTree());
    }
    String name = parameter.group(1);
    Optional<String> pattern = Optional.ofNullable(parameter.group(2));
    boolean rest = pattern.filter(REST::equals).isPresent();
    Optional<Pattern> choices = rest ? Optional.empty() : pattern.map(Pattern::compile);
    return parameters.stream()
        .filter(branch -> branch.name().equals(name) && branch.rest() == rest)
        .filter(
            branch -> branch.choices().map(Pattern::pattern).equals(choices.map(Pattern::pattern)))
        .map(Branch::tree)
        .findFirst()
        .orElseGet(
            () -> {
              PathTree tree = new PathTree();
              parameters.add(new Branch(name, choices, rest, tree));
              return tree;
            });
  }

  /**
   * @param path begins with a slash
   */
  Optional<Match> find(String method, String path) {
    return path.startsWith("/") ? Optional.ofNullable(find(method, path, 1, "")) : Optional.empty();
  }

  private Match find(String method, String path, int from, String project) {
    int slash = path.indexOf('/', from);
    String part = slash < 0 ? path.substring(from) : path.substring(from, slash);
    PathTree text = texts.get(part);
    Match found = text == null ? null : text.goOn(method, path, slash, project);
    for (int i = 0; found == null && i < parameters.size(); i++) {
      Branch branch = parameters.get(i);
      if (branch.rest()) {
        found = branch.tree().afterRest(method, path, from, project);
      } else if (branch.takes(part)) {
        String inside = branch.name().equals(PROJECT) ? part : project;
        found = branch.tree().goOn(method, path, slash, inside);
      }
    }
    return found;
  }

  /** As much as possible is the rest, as with a greedy pattern. */
  private Match afterRest(String method, String path, int from, String project) {
    Match found = from < path.length() ? end(method, project) : null;
    int slash = path.lastIndexOf('/');
    while (found == null && !texts.isEmpty() && slash > from) {
      found = find(method, path, slash + 1, project);
      slash = path.lastIndexOf('/', slash - 1);
    }
    return found;
  }

  private Match goOn(String method, String path, int slash, String project) {
    return slash < 0 ? end(method, project) : find(method, path, slash + 1, project);
  }

  private Match end(String method, String project) {
    Rule rule =
        method.equals(ANY_METHOD)
            ? rules.values().stream().findFirst().orElse(null)
            : rules.get(method);
    return rule == null ? null : new Match(rule, project);
  }
}
