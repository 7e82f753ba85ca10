package io.patchbay.controller.project;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The computes that an open project is known to. Thread-safe. */
public final class ProjectComputes {
  private final Project project;
  private final ConcurrentMap<String, FutureTask<Void>> introductions = new ConcurrentHashMap<>();
  private final Set<String> strangers = ConcurrentHashMap.newKeySet();

  ProjectComputes(Project project) {
    this.project = project;
  }

  /** Makes the project known to a compute, exactly once; others wait until it is. */
  public void ensure(Compute compute) {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              introduce(compute);
              return null;
            });
    FutureTask<Void> first = introductions.putIfAbsent(compute.id(), task);
    FutureTask<Void> running = first == null ? task : first;
    running.run();
    try {
      running.get();
    } catch (ExecutionException failed) {
      introductions.remove(compute.id(), running);
      throw failed.getCause() instanceof LabException refused
          ? refused
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LabException.conflict("The server stops");
    }
  }

  private void introduce(Compute compute) {
    if (!knows(compute)) {
      strangers.add(compute.id());
    }
    JsonObjectBuilder body =
        Json.createObjectBuilder().add("name", project.name()).add("project_id", project.id());
    if (compute.id().equals(Computes.LOCAL)) {
      body.add("path", project.directory().toString());
    }
    JsonValue variables = project.setting("variables");
    if (variables != JsonValue.NULL) {
      body.add("variables", variables);
    }
    JsonObject introduction = body.build();
    compute.client().post("/projects", introduction);
  }

  private boolean knows(Compute compute) {
    try {
      compute.client().get("/projects/" + project.id());
      return true;
    } catch (LabException refused) {
      if (refused.code() == ErrorCode.NOT_FOUND) {
        return false;
      }
      throw refused;
    }
  }

  /** A compute went away: when it is back it may have forgotten the project. */
  void left(Compute compute) {
    introductions.remove(compute.id());
    strangers.remove(compute.id());
  }

  /**
   * Whether a compute had nothing of the project when it was last made known to it. Says so once:
   * whoever asks then makes there what should be.
   */
  boolean wasUnknownTo(Compute compute) {
    return strangers.remove(compute.id());
  }

  /** Ids of the computes that know the project. */
  Collection<String> ids() {
    return introductions.keySet();
  }

  void clear() {
    introductions.clear();
    strangers.clear();
  }
}
