package io.patchbay.controller.health;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.project.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether clients can work: the projects are read and the local compute is connected. */
@Readiness
@ApplicationScoped
public class ReadyCheck implements HealthCheck {
  @Inject private Projects projects;
  @Inject private Computes computes;

  @Override
  public HealthCheckResponse call() {
    Compute local = computes.get(Computes.LOCAL);
    return HealthCheckResponse.named("lab")
        .status(local.describe().getBoolean("connected"))
        // They are read before the first of them can be asked for.
        .withData("projects", projects.all().size())
        .build();
  }
}
