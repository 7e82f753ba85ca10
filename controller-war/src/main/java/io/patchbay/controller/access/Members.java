package io.patchbay.controller.access;

import io.patchbay.controller.settings.SettingsFile;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import io.patchbay.server.config.Quota;
import io.patchbay.server.config.QuotaSettings;
import io.patchbay.server.config.RoleSettings;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * Which groups users were in when they called last: an instructor helps users who are not there to
 * be asked. Thread-safe; answers from memory.
 */
@Singleton
public class Members {
  private static final Logger LOG = Logger.getLogger(Members.class.getName());

  private final RoleSettings roles;
  private final SettingsFile file;
  private final Executor background;
  private final Map<String, Membership> known = new ConcurrentHashMap<>();

  /**
   * @param raw as the caller has them
   * @param groups all, in small letters
   * @param courses those that make users belong together
   */
  record Membership(Role role, Set<String> raw, Set<String> groups, Set<String> courses) {}

  @Inject
  public Members(Settings settings) {
    this(
        settings.roles(),
        new SettingsFile(settings.access().resolve("members").resolve("groups")),
        // No request waits for the disk because of this.
        keeping -> Thread.ofVirtual().name("members").start(keeping));
  }

  /**
   * @param background runs what writes to the disk
   */
  Members(RoleSettings roles, SettingsFile file, Executor background) {
    this.background = background;
    this.roles = roles;
    this.file = file;
    file.content()
        .forEach(
            (name, groups) -> {
              if (groups instanceof JsonArray names) {
                Set<String> raw =
                    names.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .collect(Collectors.toSet());
                known.put(name, membership(roles.of(name, raw), raw));
              }
            });
  }

  /** The groups of somebody who calls; they are kept if they are new. */
  Membership of(Caller caller) {
    Membership last = known.get(caller.name());
    if (last != null && last.role() == caller.role() && last.raw().equals(caller.groups())) {
      return last;
    }
    Membership now = membership(caller.role(), caller.groups());
    known.put(caller.name(), now);
    background.execute(() -> keep(caller));
    return now;
  }

  /** Notes the groups of somebody who calls. */
  public void meet(Caller caller) {
    of(caller);
  }

  private void keep(Caller caller) {
    JsonArrayBuilder groups = Json.createArrayBuilder();
    caller.groups().stream().sorted().forEach(groups::add);
    JsonArray value = groups.build();
    try {
      file.change(
          before -> {
            JsonObject after = Json.createObjectBuilder(before).add(caller.name(), value).build();
            return after.equals(before) ? before : after;
          });
    } catch (LabException failed) {
      LOG.log(Level.WARNING, "the groups of users are not kept: {0}", failed.getMessage());
    }
  }

  /** Everybody who ever called, as then, by name. */
  public Map<String, Seen> seen() {
    Map<String, Seen> all = new TreeMap<>();
    known.forEach((name, one) -> all.put(name, new Seen(one.role(), one.raw())));
    return all;
  }

  /**
   * A user as administrators see one.
   *
   * @param groups as the directory or the users file has them
   */
  public record Seen(Role role, Set<String> groups) {}

  /** Whether two users have a course in common; the second may not be here. */
  boolean together(Membership one, String other) {
    Membership theirs = known.get(other);
    return theirs != null && one.courses().stream().anyMatch(theirs.courses()::contains);
  }

  /** How much a user may have, here or not; empty for any amount. */
  public OptionalInt limit(QuotaSettings limits, Quota quota, String user) {
    // Who was never here does not become known by being counted.
    Membership membership =
        Optional.ofNullable(known.get(user))
            .orElseGet(() -> membership(roles.of(user, Set.of()), Set.of()));
    return limits.of(quota, user, membership.groups(), membership.role());
  }

  private Membership membership(Role role, Set<String> raw) {
    Set<String> groups =
        raw.stream().map(group -> group.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    // Two groups of a directory may have one name in different places.
    Set<String> distinguished =
        groups.stream().filter(group -> group.contains("=")).collect(Collectors.toSet());
    Collection<String> telling = distinguished.isEmpty() ? groups : distinguished;
    return new Membership(
        role,
        raw,
        groups,
        telling.stream().filter(group -> !isCommon(group)).collect(Collectors.toSet()));
  }

  private boolean isCommon(String group) {
    return roles.common().contains(group)
        || group.contains("=") && roles.common().contains(name(group));
  }

  private static String name(String distinguished) {
    try {
      LdapName name = new LdapName(distinguished);
      return name.isEmpty() ? "" : name.getRdn(name.size() - 1).getValue().toString();
    } catch (InvalidNameException none) {
      return distinguished;
    }
  }
}
