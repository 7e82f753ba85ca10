package io.patchbay.controller.health;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.project.Projects;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether clients can work: the projects are read, those that were open are open again, and the
 * local compute is connected.
 */
@Readiness
@ApplicationScoped
public class ReadyCheck implements HealthCheck {
  @Inject private Projects projects;
  @Inject private Computes computes;
  private volatile boolean started;

  /** Before that a probe must not reach the beans: they are made by the thread that starts us. */
  void start(
      @Observes @Priority(Integer.MAX_VALUE) @Initialized(ApplicationScoped.class) Object event) {
    started = true;
  }

  @Override
  public HealthCheckResponse call() {
    if (!started) {
      return HealthCheckResponse.named("lab").down().build();
    }
    Compute local = computes.get(Computes.LOCAL);
    return HealthCheckResponse.named("lab")
        .status(local.describe().getBoolean("connected") && projects.areBack())
        // They are read before the first of them can be asked for.
        .withData("projects", projects.all().size())
        .build();
  }
}
