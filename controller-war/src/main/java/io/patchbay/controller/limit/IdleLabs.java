package io.patchbay.controller.limit;

import io.patchbay.controller.node.Node;
import io.patchbay.controller.node.NodeActions;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.config.Settings;
import io.patchbay.server.task.Repeating;
import io.patchbay.server.task.Tasks;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind.Trait;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stops the nodes of projects that nobody has used for a while, and says so before. A project is
 * used by requests that do something and by what is typed at its consoles. Thread-safe.
 */
@Singleton
public class IdleLabs {
  private static final Logger LOG = Logger.getLogger(IdleLabs.class.getName());
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final Duration limit;
  private final Duration notice;
  private final Supplier<Collection<Project>> projects;
  private final BiConsumer<Project, Node> stop;
  private final LongSupplier clock;
  private final Map<String, Long> lastUse = new ConcurrentHashMap<>();
  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private volatile Optional<Repeating> watch = Optional.empty();

  @Inject
  public IdleLabs(Settings settings, Projects projects, NodeActions actions) {
    this(
        settings.idleStop(), settings.idleNotice(), projects::all, actions::stop, System::nanoTime);
  }

  /**
   * @param limit how long a project may be idle; zero for ever
   * @param notice how long before the end its users are told
   */
  IdleLabs(
      Duration limit,
      Duration notice,
      Supplier<Collection<Project>> projects,
      BiConsumer<Project, Node> stop,
      LongSupplier clock) {
    this.limit = limit;
    this.notice = notice.compareTo(limit) < 0 ? notice : Duration.ZERO;
    this.projects = projects;
    this.stop = stop;
    this.clock = clock;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    if (limit.isZero()) {
      return;
    }
    Duration tenth = limit.dividedBy(10).plusMillis(1);
    Duration pause = tenth.compareTo(LONGEST_PAUSE) < 0 ? tenth : LONGEST_PAUSE;
    watch = Optional.of(Repeating.start("idle-labs", took -> pause, this::check));
  }

  @PreDestroy
  void end() {
    watch.ifPresent(Repeating::close);
  }

  /** Somebody uses a project. */
  public void used(String projectId) {
    if (!limit.isZero()) {
      lastUse.put(projectId, clock.getAsLong());
      warned.remove(projectId);
    }
  }

  void check() {
    for (Project project : projects.get()) {
      List<Node> running =
          project.nodes().stream()
              .filter(node -> !node.has(Trait.ALWAYS_ON) && !node.isStopped())
              .toList();
      if (running.isEmpty()) {
        lastUse.remove(project.id());
        warned.remove(project.id());
      } else {
        check(project, running);
      }
    }
  }

  private void check(Project project, List<Node> running) {
    long now = clock.getAsLong();
    Duration idle = Duration.ofNanos(now - lastUse.computeIfAbsent(project.id(), unseen -> now));
    if (idle.compareTo(limit) >= 0) {
      stop(project, running);
    } else if (idle.compareTo(limit.minus(notice)) >= 0 && warned.add(project.id())) {
      tell(
          project,
          "Nobody has used this project for %s. Its nodes are stopped in %s, unless somebody uses it."
              .formatted(words(idle), words(limit.minus(idle).plusSeconds(59))));
    }
  }

  private void stop(Project project, List<Node> running) {
    LOG.log(Level.INFO, "project {0} is idle: its nodes are stopped", project.id());
    try {
      Tasks.forEach(running, node -> stop.accept(project, node));
    } catch (LabException refused) {
      LOG.log(Level.WARNING, "not all nodes stopped: {0}", refused.getMessage());
    }
    tell(
        project,
        "The nodes of this project were stopped, because nobody used it for %s."
            .formatted(words(limit)));
    lastUse.remove(project.id());
    warned.remove(project.id());
  }

  private static String words(Duration time) {
    return time.toMinutes() == 1 ? "a minute" : time.toMinutes() + " minutes";
  }

  private static void tell(Project project, String message) {
    project
        .feed()
        .publish("log.warning", Json.createObjectBuilder().add("message", message).build());
  }
}
