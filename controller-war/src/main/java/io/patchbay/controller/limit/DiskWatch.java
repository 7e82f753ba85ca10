package io.patchbay.controller.limit;

import io.patchbay.controller.project.Project;
import io.patchbay.server.config.Quota;
import io.patchbay.server.task.Repeating;
import io.patchbay.spi.Json;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Looks every now and then how much disk those take who have a limit, since their nodes write while
 * they run, and says so in their projects when it is too much. Thread-safe.
 */
@Singleton
public class DiskWatch {
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(15);

  /** Looking takes a twentieth of a disk's time at most. */
  private static final int PAUSES = 19;

  private final Owners owners;
  private final DiskQuota quota;
  private final DiskUse use;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private volatile Optional<Repeating> watch = Optional.empty();

  @Inject
  public DiskWatch(Owners owners, DiskQuota quota, DiskUse use) {
    this.owners = owners;
    this.quota = quota;
    this.use = use;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    if (!owners.anyHasLimit(Quota.DISK)) {
      return;
    }
    watch = Optional.of(Repeating.start("disk-watch", DiskWatch::pause, this::check));
  }

  @PreDestroy
  void end() {
    watch.ifPresent(Repeating::close);
  }

  private static Duration pause(Duration took) {
    Duration longer = took.multipliedBy(PAUSES);
    return longer.compareTo(SHORTEST_PAUSE) > 0 ? longer : SHORTEST_PAUSE;
  }

  void check() {
    use.keepOnly(owners.projects().stream().map(Project::id).collect(Collectors.toSet()));
    Set<String> all =
        owners.projects().stream()
            .map(project -> owners.of(project.id()))
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    for (String owner : all) {
      if (owners.limit(Quota.DISK, owner).isPresent()) {
        check(owner);
      }
    }
  }

  private void check(String owner) {
    List<Project> projects = owners.projectsOf(owner).toList();
    projects.forEach(use::askOthers);
    projects.forEach(use::now);
    Optional<String> notice = quota.notice(owner);
    if (notice.isEmpty()) {
      warned.remove(owner);
    } else if (warned.add(owner)) {
      projects.forEach(project -> tell(project, notice.get()));
    }
  }

  private static void tell(Project project, String message) {
    project
        .feed()
        .publish("log.warning", Json.createObjectBuilder().add("message", message).build());
  }
}
