package io.patchbay.controller.project;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Projects that are opened while nobody waits for them. Thread-safe. */
final class BackgroundOpenings {
  private static final Logger LOG = Logger.getLogger(BackgroundOpenings.class.getName());

  private final Set<Project> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean done;

  /**
   * @param opening what fails in it is logged
   */
  void start(Project project, Runnable opening) {
    underWay.add(project);
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Thread.ofVirtual()
        .name("auto-open")
        .start(
            () -> {
              Thread.currentThread().setContextClassLoader(loader);
              try {
                opening.run();
              } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "project " + project.id() + " cannot be opened", e);
              } finally {
                underWay.remove(project);
              }
            });
  }

  /** Whether all that were begun have ended; once that was so it stays so. */
  boolean wereDone() {
    if (!done) {
      done = underWay.isEmpty();
    }
    return done;
  }
}
