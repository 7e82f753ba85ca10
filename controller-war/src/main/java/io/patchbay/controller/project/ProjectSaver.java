package io.patchbay.controller.project;

import io.patchbay.spi.Json;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes changed projects to the disk: each change within a second, many changes at once. A save
 * that fails is told to the watchers of the project and tried again; the file stays as it was.
 */
@Singleton
public class ProjectSaver {
  private static final Logger LOG = Logger.getLogger(ProjectSaver.class.getName());
  private static final long DELAY = 500;
  private static final long RETRY = 5000;

  private final Set<Project> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("project-saver").factory());

  private final OpenProjects open;

  @Inject
  public ProjectSaver(OpenProjects open) {
    this.open = open;
  }

  /** Lets a project be saved soon. */
  public void changed(Project project) {
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
    try {
      // Two saves of one project must not overtake each other.
      synchronized (project) {
        TopologyFile.write(project.path(), project.snapshot());
        open.save(project);
      }
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.SEVERE, "project " + project.id() + " cannot be saved", e);
      project
          .feed()
          .publish("log.error", message("The project cannot be saved: " + e.getMessage()));
      return false;
    }
  }

  /** Forgets a project that is gone. */
  void forget(Project project) {
    waiting.remove(project);
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
