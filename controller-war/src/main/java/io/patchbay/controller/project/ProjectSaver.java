package io.patchbay.controller.project;

import io.patchbay.controller.drawing.Drawing;
import io.patchbay.controller.journal.Change;
import io.patchbay.controller.journal.Part;
import io.patchbay.controller.link.Link;
import io.patchbay.controller.node.Node;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes changed projects to the disk: each change at once to the project's journal, and all of
 * them within a second to its file. A save that fails is told to the watchers of the project and
 * tried again; the file stays as it was, and further changes are refused until there is room.
 */
@Singleton
public class ProjectSaver {
  private static final Logger LOG = Logger.getLogger(ProjectSaver.class.getName());
  private static final long DELAY = 500;
  private static final long RETRY = 5000;

  private final Set<Project> failing = ConcurrentHashMap.newKeySet();
  private final Set<Project> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("project-saver").factory());

  private final OpenProjects open;

  @Inject
  public ProjectSaver(OpenProjects open) {
    this.open = open;
  }

  /**
   * To be asked before anything of a change is done.
   *
   * @param body of the request, which says how much the project may grow
   * @throws LabException (CONFLICT) if the project cannot be saved, such as on a full disk
   */
  public void admit(Project project, JsonObject body) {
    admit(
        project,
        () -> {
          // What is written is indented.
          project.store().reserve(2L * body.toString().length());
          if (failing.contains(project)) {
            write(project);
          }
        });
  }

  /**
   * To be asked before things are removed. Removals go on when a disk is full, since they may make
   * room, and are written down all the same.
   *
   * @throws LabException (CONFLICT) if there is not even room for that
   */
  public void admitRemovals(Project project, int count) {
    admit(project, () -> project.store().reserveRemovals(count));
  }

  /** Finds room on the disk. */
  private interface Reservation {
    void run() throws IOException;
  }

  private static void admit(Project project, Reservation reservation) {
    project
        .problem()
        .ifPresent(
            problem -> {
              throw LabException.conflict(problem);
            });
    try {
      reservation.run();
    } catch (IOException full) {
      throw LabException.conflict(
          "Nothing was changed, because the project cannot be saved: " + reason(project, full));
    }
  }

  private static String reason(Project project, IOException failure) {
    String words = String.valueOf(failure.getMessage());
    return words.contains("No space left") || words.contains("quota")
        ? project.directory() + " has no room left (" + words + ")"
        : words;
  }

  /** A thing of a project is there, or is another than before. */
  public void changed(Project project, Part part, String id) {
    record(
        project,
        () -> {
          List<Change> changes = new ArrayList<>();
          find(project, part, id)
              .ifPresent(value -> changes.add(new Change(part, id, Optional.of(value))));
          if (part == Part.NODES) {
            compute(project, id).ifPresent(changes::add);
          }
          return changes;
        });
  }

  /** A thing of a project is gone. */
  public void removed(Project project, Part part, String id) {
    record(
        project,
        () ->
            find(project, part, id).isPresent()
                ? List.of()
                : List.of(new Change(part, id, Optional.empty())));
  }

  private static Optional<JsonObject> find(Project project, Part part, String id) {
    return switch (part) {
      case SETTINGS -> Optional.of(Change.settings(project.file()));
      case COMPUTES -> Optional.empty();
      case NODES -> project.findNode(id).map(Node::stored);
      case LINKS -> project.findLink(id).map(Link::stored);
      case DRAWINGS -> project.drawings().find(id).map(Drawing::stored);
    };
  }

  /** How the compute of a node is reached. */
  private static Optional<Change> compute(Project project, String nodeId) {
    return project
        .findNode(nodeId)
        .map(Node::compute)
        .flatMap(
            compute ->
                compute
                    .describeForFile()
                    .map(known -> new Change(Part.COMPUTES, compute.id(), Optional.of(known))));
  }

  private void record(Project project, Supplier<List<Change>> changes) {
    try {
      if (project.problem().isEmpty()) {
        project.store().record(changes);
      }
    } catch (IOException full) {
      failed(project, full);
    }
    soon(project);
  }

  /** Lets a project be saved soon. */
  void soon(Project project) {
    if (waiting.add(project)) {
      timer.schedule(() -> saveIfWaiting(project), DELAY, TimeUnit.MILLISECONDS);
    }
  }

  private void saveIfWaiting(Project project) {
    if (waiting.remove(project) && !save(project)) {
      waiting.add(project);
      timer.schedule(() -> saveIfWaiting(project), RETRY, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Saves a project now.
   *
   * @return whether that worked
   */
  boolean save(Project project) {
    if (project.problem().isPresent()) {
      // Its damaged file may hold more than what is known of it here.
      return false;
    }
    try {
      write(project);
      return true;
    } catch (IOException | RuntimeException e) {
      failed(project, e);
      return false;
    }
  }

  private void write(Project project) throws IOException {
    project.store().save(project::snapshot);
    open.save(project);
    failing.remove(project);
  }

  private void failed(Project project, Exception e) {
    if (failing.add(project)) {
      LOG.log(Level.SEVERE, "project " + project.id() + " cannot be saved", e);
      project
          .feed()
          .publish("log.error", message("The project cannot be saved: " + e.getMessage()));
    }
  }

  /** Forgets a project that is gone; nothing is written of it any more when this returns. */
  void forget(Project project) {
    waiting.remove(project);
    project.store().retire();
    failing.remove(project);
    open.forget(project);
  }

  private static JsonObject message(String text) {
    return Json.createObjectBuilder().add("message", text).build();
  }

  @PreDestroy
  void flush() {
    timer.shutdown();
    waiting.forEach(this::save);
  }
}
