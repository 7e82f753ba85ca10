package io.patchbay.controller.project;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.drawing.Pictures;
import io.patchbay.controller.limit.Quotas;
import io.patchbay.controller.node.ApplicationIds;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.node.NodeStart;
import io.patchbay.controller.notification.Feeds;
import io.patchbay.server.task.Tasks;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens and closes projects, one at a time for each project. */
@Singleton
public class ProjectLifecycle {
  private static final Logger LOG = Logger.getLogger(ProjectLifecycle.class.getName());
  private static final Duration EMPTY_ROOM = Duration.ofSeconds(6);

  private final Computes computes;
  private final TakeUp takeUp;
  private final Feeds feeds;
  private final ProjectSaver saver;
  private final OpenProjects open;
  private final NodeStart starting;
  private final ApplicationIds applicationIds;

  /** Found when it is needed: it counts the projects, which need this. */
  private final Instance<Quotas> quotas;

  @Inject
  public ProjectLifecycle(
      Computes computes,
      TakeUp takeUp,
      Feeds feeds,
      ProjectSaver saver,
      OpenProjects open,
      NodeStart starting,
      ApplicationIds applicationIds,
      Instance<Quotas> quotas) {
    this.starting = starting;
    this.applicationIds = applicationIds;
    this.quotas = quotas;
    this.computes = computes;
    this.takeUp = takeUp;
    this.feeds = feeds;
    this.saver = saver;
    this.open = open;
  }

  /**
   * Opens a project; harmless if it is open.
   *
   * @throws LabException (CONFLICT) if its file cannot be read or is of a newer revision; it stays
   *     closed
   */
  public void open(Project project) {
    project.lifecycle().lock();
    try {
      if (project.isOpen() || project.isGone()) {
        return;
      }
      readAgain(project);
      build(project);
      feeds.controller().publish("project.opened", project.describe());
    } finally {
      project.lifecycle().unlock();
    }
  }

  /**
   * Opens a project that an earlier server had open when it was killed: what its computes still run
   * goes on, and nothing is started.
   *
   * @param wiring see {@link OpenProjects#load}
   * @throws LabException as {@link #open} does
   */
  void resume(Project project, JsonObject wiring) {
    project.lifecycle().lock();
    try {
      if (!project.isOpen()) {
        readAgain(project);
        build(project, wiring);
      }
    } finally {
      project.lifecycle().unlock();
    }
  }

  /** The file may have been edited, or put there, while the project was closed. */
  private static void readAgain(Project project) {
    if (project.isAheadOfDisk() || project.problem().isEmpty() && Files.notExists(project.path())) {
      return;
    }
    try {
      project.file(ProjectForm.identified(TopologyFile.read(project.path()), project.id()));
      project.problem(Optional.empty());
    } catch (IOException broken) {
      project.problem(Optional.of(ProjectDamage.describe(project.path(), broken)));
      throw LabException.conflict(project.problem().get());
    }
  }

  /**
   * Makes the nodes, links and drawings of a closed project from its file as it is in memory, and
   * tells nobody. Its {@link Project#lifecycle} must be held.
   */
  public void build(Project project) {
    build(project, JsonValue.EMPTY_JSON_OBJECT);
    if (project.flag("auto_start")) {
      startInBackground(project);
    }
  }

  private void build(Project project, JsonObject wiring) {
    try {
      new ProjectOpening(project, computes, takeUp, applicationIds, wiring).run();
    } catch (ClassCastException | NullPointerException malformed) {
      LOG.log(Level.WARNING, "project " + project.id() + " has a malformed file", malformed);
      project.abandoned();
      throw LabException.conflict(
          "The project cannot be opened: its file has a form that no version of GNS3 wrote");
    } catch (RuntimeException refused) {
      project.abandoned();
      throw refused;
    }
    saver.soon(project);
  }

  /** Whoever opens a project does not wait for its machines. */
  private void startInBackground(Project project) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Thread.ofVirtual()
        .name("auto-start")
        .start(
            () -> {
              Thread.currentThread().setContextClassLoader(loader);
              Tasks.forEach(
                  project.nodes().stream().filter(node -> node.problem().isEmpty()).toList(),
                  node ->
                      quietly(() -> quotas.get().start(project, node, () -> starting.run(node))));
            });
  }

  /** Closes a project; harmless if it is closed. */
  public void close(Project project) {
    project.lifecycle().lock();
    try {
      if (!project.isOpen()) {
        return;
      }
      new Pictures(project.directory()).clean(project.drawings().values(), logo(project));
      shut(project);
      feeds.controller().publish("project.closed", project.describe());
    } finally {
      project.lifecycle().unlock();
    }
  }

  private static Optional<String> logo(Project project) {
    return project.setting("supplier") instanceof JsonObject supplier
            && supplier.get("logo") instanceof JsonString logo
        ? Optional.of(logo.getString())
        : Optional.empty();
  }

  /**
   * Stops the nodes of an open project, saves it and lets its computes forget it, and tells nobody.
   * Its {@link Project#lifecycle} must be held.
   */
  public void shut(Project project) {
    // What is stopped needs no request; were it not, its compute would end it as it forgets it.
    Tasks.forEach(
        project.nodes().stream()
            .filter(node -> !node.isStopped() && !node.compute().isAway())
            .toList(),
        node ->
            quietly(
                () ->
                    node.compute()
                        .client()
                        .postSlowly(node.path() + "/stop", JsonValue.EMPTY_JSON_OBJECT)));
    onComputes(
        project,
        compute ->
            compute.eventually(
                "POST", "/projects/" + project.id() + "/close", JsonValue.EMPTY_JSON_OBJECT));
    project.closed(saver.save(project));
    open.forget(project);
  }

  /** For every compute that has something of the project, and may be away. */
  void onComputes(Project project, Consumer<Compute> request) {
    Set<Compute> concerned =
        Stream.concat(
                project.nodes().stream().map(Node::compute),
                project.computes().ids().stream().flatMap(id -> computes.find(id).stream()))
            .collect(Collectors.toSet());
    Tasks.forEach(concerned, compute -> quietly(() -> request.accept(compute)));
  }

  /**
   * Lets the computes delete what they have of a project. Those of a closed one keep its files
   * without knowing it, so that it is made known to them first.
   */
  void deleteOnComputes(Project project) {
    String path = "/projects/" + project.id();
    if (project.isOpen()) {
      onComputes(
          project, compute -> compute.eventually("DELETE", path, JsonValue.EMPTY_JSON_OBJECT));
      return;
    }
    JsonObject introduction =
        Json.createObjectBuilder()
            .add("project_id", project.id())
            .add("name", project.name())
            .build();
    Tasks.forEach(
        elsewhere(project),
        compute -> {
          compute.eventually("POST", "/projects", introduction);
          compute.eventually("DELETE", path, JsonValue.EMPTY_JSON_OBJECT);
        });
  }

  /** The computes of a closed project whose files are not in the project's own directory. */
  private Set<Compute> elsewhere(Project project) {
    return project.stored("nodes").asJsonArray().getValuesAs(JsonObject.class).stream()
        .map(node -> node.getString("compute_id", Computes.LOCAL))
        .filter(id -> !id.equals(Computes.LOCAL))
        .flatMap(id -> computes.find(id).stream())
        .collect(Collectors.toSet());
  }

  private static void quietly(Runnable request) {
    try {
      request.run();
    } catch (LabException refused) {
      LOG.log(Level.FINE, "a compute refused: {0}", refused.getMessage());
    }
  }

  /** A watcher of a project left; if none comes back, a project may close by itself. */
  public void watcherLeft(Project project) {
    Thread.ofVirtual()
        .name("auto-close")
        .start(
            () -> {
              try {
                Thread.sleep(EMPTY_ROOM);
              } catch (InterruptedException e) {
                return;
              }
              if (!project.feed().isWatched() && project.flag("auto_close")) {
                close(project);
              }
            });
  }
}
