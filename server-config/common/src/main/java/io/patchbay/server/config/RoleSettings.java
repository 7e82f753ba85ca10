package io.patchbay.server.config;

import io.patchbay.server.auth.Role;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Which users and groups have which role.
 *
 * @param users names, as users have them here
 * @param groups in small letters: a directory does not tell them apart by case
 * @param otherwise the role of those who are in none of them
 * @param common groups in small letters that make nobody belong together, such as that of all
 *     students
 */
public record RoleSettings(
    Map<Role, Set<String>> users,
    Map<Role, Set<String>> groups,
    Role otherwise,
    Set<String> common) {
  private static final String PREFIX = "patchbay.roles.";
  private static final String GROUP = "@";

  static RoleSettings of(Config config) {
    return of(
        key -> config.getOptionalValues(PREFIX + key, String.class).orElse(List.of()),
        config.getValue(PREFIX + "default", String.class));
  }

  /**
   * @param lists what is configured for a key behind our prefix
   * @throws IllegalStateException if there is no such role
   */
  static RoleSettings of(Function<String, List<String>> lists, String otherwise) {
    Map<Role, Set<String>> users = new EnumMap<>(Role.class);
    Map<Role, Set<String>> groups = new EnumMap<>(Role.class);
    for (Role role : Role.assignable()) {
      List<String> names = list(lists, role.wireName());
      users.put(
          role, names.stream().filter(name -> !name.startsWith(GROUP)).collect(Collectors.toSet()));
      groups.put(
          role,
          names.stream()
              .filter(name -> name.startsWith(GROUP))
              .map(name -> lower(name.substring(GROUP.length())))
              .collect(Collectors.toSet()));
    }
    Set<String> common = new HashSet<>();
    Stream.concat(
            groups.values().stream().flatMap(Set::stream),
            list(lists, "common-groups").stream().map(RoleSettings::lower))
        .forEach(common::add);
    return new RoleSettings(
        users,
        groups,
        Role.of(otherwise)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "patchbay.roles.default knows none, auditor, user, instructor and"
                            + " administrator, and not "
                            + otherwise)),
        Set.copyOf(common));
  }

  private static List<String> list(Function<String, List<String>> lists, String key) {
    return lists.apply(key).stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether anybody is an administrator by these settings alone. */
  public boolean hasAdministrator() {
    return otherwise == Role.ADMINISTRATOR
        || !users.get(Role.ADMINISTRATOR).isEmpty()
        || !groups.get(Role.ADMINISTRATOR).isEmpty();
  }

  /** The strongest role of a user. */
  public Role of(String user, Set<String> memberships) {
    Set<String> lower = memberships.stream().map(RoleSettings::lower).collect(Collectors.toSet());
    return Role.assignable().stream()
        .filter(
            role ->
                users.getOrDefault(role, Set.of()).contains(user)
                    || groups.getOrDefault(role, Set.of()).stream().anyMatch(lower::contains))
        .findFirst()
        .orElse(otherwise);
  }
}
