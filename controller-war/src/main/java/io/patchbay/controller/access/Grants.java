package io.patchbay.controller.access;

import io.patchbay.server.access.Right;
import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose a project is, and with whom it is shared.
 *
 * @param owner empty for a project that is the administrators' alone
 * @param users what each may do
 * @param groups the same for the members of groups; names in small letters
 */
public record Grants(Optional<String> owner, Map<String, Right> users, Map<String, Right> groups) {
  static final String OWNER = "owner";
  static final String USERS = "users";
  static final String GROUPS = "groups";

  public static final Grants NONE = new Grants(Optional.empty(), Map.of(), Map.of());

  public Grants {
    users = Map.copyOf(users);
    groups = Map.copyOf(groups);
  }

  static Grants ownedBy(String owner) {
    return new Grants(Optional.of(owner), Map.of(), Map.of());
  }

  /** Reads the form of {@link #json}; what has another form counts as not there. */
  static Grants of(JsonObject json) {
    return new Grants(
        json.get(OWNER) instanceof JsonString owner
            ? Optional.of(owner.getString())
            : Optional.empty(),
        rights(json.get(USERS), false),
        rights(json.get(GROUPS), true));
  }

  private static Map<String, Right> rights(JsonValue json, boolean lower) {
    Map<String, Right> rights = new HashMap<>();
    if (json instanceof JsonObject names) {
      names.forEach(
          (name, value) -> {
            if (value instanceof JsonString text) {
              Right.of(text.getString())
                  .ifPresent(
                      right -> rights.put(lower ? name.toLowerCase(Locale.ROOT) : name, right));
            }
          });
    }
    return rights;
  }

  /** {@code {"owner": "ann", "users": {"bob": "view"}, "groups": {"net101": "operate"}}}. */
  JsonObject json() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    owner.ifPresentOrElse(name -> json.add(OWNER, name), () -> json.addNull(OWNER));
    return json.add(USERS, json(users)).add(GROUPS, json(groups)).build();
  }

  private static JsonObjectBuilder json(Map<String, Right> rights) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    rights.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> json.add(entry.getKey(), entry.getValue().wireName()));
    return json;
  }

  /**
   * The strongest right of a user.
   *
   * @param memberships groups of the user in small letters
   */
  Optional<Right> of(String user, Set<String> memberships) {
    if (owner.filter(user::equals).isPresent()) {
      return Optional.of(Right.OWN);
    }
    Right best = users.get(user);
    for (Map.Entry<String, Right> group : groups.entrySet()) {
      if ((best == null || group.getValue().includes(best))
          && memberships.contains(group.getKey())) {
        best = group.getValue();
      }
    }
    return Optional.ofNullable(best);
  }
}
