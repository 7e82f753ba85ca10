package io.patchbay.server.config;

import io.patchbay.server.auth.Role;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/**
 * How much users may have: {@code bob=5} for a user, {@code @net101=10} for the members of a group,
 * {@code role:user=3} for those of a role. What is said of a user counts before what is said of
 * groups, of which the largest counts, and that before what is said of the role. Unlimited is who
 * is in none.
 *
 * @param limits by what stands before the equals sign, groups in small letters
 */
public record QuotaSettings(Map<Quota, Map<String, Integer>> limits) {
  private static final String GROUP = "@";
  private static final String ROLE = "role:";

  static QuotaSettings of(Config config) {
    return of(
        quota ->
            config
                .getOptionalValues("patchbay.quotas." + quota.wireName(), String.class)
                .orElse(List.of()));
  }

  /**
   * @param lists what is configured for each
   * @throws IllegalStateException if one cannot be read
   */
  public static QuotaSettings of(Function<Quota, List<String>> lists) {
    Map<Quota, Map<String, Integer>> limits = new EnumMap<>(Quota.class);
    for (Quota quota : Quota.values()) {
      Map<String, Integer> named = new HashMap<>();
      lists.apply(quota).stream()
          .map(String::strip)
          .filter(entry -> !entry.isEmpty())
          .forEach(entry -> add(named, quota, entry));
      if (!named.isEmpty()) {
        limits.put(quota, named);
      }
    }
    return new QuotaSettings(limits);
  }

  private static void add(Map<String, Integer> named, Quota quota, String entry) {
    int equals = entry.lastIndexOf('=');
    try {
      String name = entry.substring(0, equals).strip();
      int limit = Integer.parseInt(entry.substring(equals + 1).strip());
      boolean known = !name.startsWith(ROLE) || Role.of(name.substring(ROLE.length())).isPresent();
      if (name.isEmpty() || limit < 0 || !known) {
        throw new IllegalArgumentException(entry);
      }
      named.put(name.startsWith(GROUP) ? name.toLowerCase(Locale.ROOT) : name, limit);
    } catch (IndexOutOfBoundsException | IllegalArgumentException wrong) {
      throw new IllegalStateException(
          "patchbay.quotas.%s has name=number, @group=number or role:name=number, and not %s"
              .formatted(quota.wireName(), entry));
    }
  }

  /** Whether nothing is limited. */
  public boolean isEmpty() {
    return limits.isEmpty();
  }

  /**
   * How much a user may have; empty for any amount.
   *
   * @param groups in small letters
   */
  public OptionalInt of(Quota quota, String user, Set<String> groups, Role role) {
    Map<String, Integer> named = limits.getOrDefault(quota, Map.of());
    if (named.containsKey(user) && !user.startsWith(GROUP) && !user.startsWith(ROLE)) {
      return OptionalInt.of(named.get(user));
    }
    OptionalInt ofGroups =
        groups.stream()
            .map(group -> named.get(GROUP + group))
            .filter(limit -> limit != null)
            .mapToInt(Integer::intValue)
            .max();
    if (ofGroups.isPresent()) {
      return ofGroups;
    }
    Integer ofRole = named.get(ROLE + role.wireName());
    return ofRole == null ? OptionalInt.empty() : OptionalInt.of(ofRole);
  }
}
