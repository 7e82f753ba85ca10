package io.patchbay.controller.limit;

import io.patchbay.controller.access.Members;
import io.patchbay.controller.access.Sharing;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.config.Quota;
import io.patchbay.server.config.QuotaSettings;
import io.patchbay.server.config.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whose the projects are, and how much their owners may have. Thread-safe. */
@Singleton
public class Owners {
  private final QuotaSettings limits;
  private final Sharing sharing;
  private final Members members;
  private final Supplier<Collection<Project>> projects;

  @Inject
  public Owners(Settings settings, Sharing sharing, Members members, Projects projects) {
    this(settings.quotas(), sharing, members, projects::all);
  }

  Owners(
      QuotaSettings limits,
      Sharing sharing,
      Members members,
      Supplier<Collection<Project>> projects) {
    this.limits = limits;
    this.sharing = sharing;
    this.members = members;
    this.projects = projects;
  }

  /** Whether nobody has a limit of anything. */
  boolean areFree() {
    return limits.isEmpty();
  }

  /** Whether anybody at all may have a limit of it. */
  boolean anyHasLimit(Quota quota) {
    return limits.limits().containsKey(quota);
  }

  /** How much a user may have, here or not; empty for any amount. */
  OptionalInt limit(Quota quota, String user) {
    return members.limit(limits, quota, user);
  }

  Optional<String> of(String projectId) {
    return sharing.of(projectId).owner();
  }

  /** All, whose they ever are. */
  Collection<Project> projects() {
    return projects.get();
  }

  Stream<Project> projectsOf(String owner) {
    return projects().stream()
        .filter(project -> of(project.id()).filter(owner::equals).isPresent());
  }
}
