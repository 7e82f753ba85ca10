package io.patchbay.controller.access;

import io.patchbay.controller.settings.SettingsFile;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import io.patchbay.server.config.QuotaSettings;
import io.patchbay.server.config.RoleSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Owners and shares in a directory; everybody is a user, and {@code students} are no course. */
public record AccessForTests(Members members, Sharing sharing) {

  public static AccessForTests in(Path directory, QuotaSettings limits) {
    Members members =
        new Members(
            new RoleSettings(Map.of(), Map.of(), Role.USER, Set.of("students")),
            new SettingsFile(directory.resolve("members/groups")),
            Runnable::run);
    return new AccessForTests(members, new Sharing(new GrantStore(directory), members, limits));
  }

  public static Optional<Caller> user(String name, String... groups) {
    return Optional.of(new Caller(name, Set.of(groups), Role.USER));
  }
}
