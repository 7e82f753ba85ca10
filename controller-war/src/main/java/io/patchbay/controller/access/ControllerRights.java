package io.patchbay.controller.access;

import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.access.ProjectRights;
import io.patchbay.server.access.Right;
import io.patchbay.server.auth.Caller;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Tells the table of rules what callers may do with the projects of this controller. */
@Singleton
public class ControllerRights implements ProjectRights {
  private final Sharing sharing;
  private final Projects projects;

  @Inject
  public ControllerRights(Sharing sharing, Projects projects) {
    this.sharing = sharing;
    this.projects = projects;
  }

  @Override
  public Optional<Right> of(Caller caller, String projectId) {
    return sharing.right(Optional.of(caller), projectId);
  }

  @Override
  public boolean isOpen(String projectId) {
    return projects.find(projectId).filter(Project::isOpen).isPresent();
  }
}
