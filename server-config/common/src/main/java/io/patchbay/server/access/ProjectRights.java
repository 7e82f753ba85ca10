package io.patchbay.server.access;

import io.patchbay.server.auth.Caller;
import java.util.Optional;

/** What callers may do with projects. Answers from memory, since every request asks. */
public interface ProjectRights {
  /**
   * The strongest right of a caller; empty if the caller has none or there is no such project.
   *
   * @param projectId as in a path; need not be a UUID
   */
  Optional<Right> of(Caller caller, String projectId);

  /** Whether there is such a project and it is open. */
  boolean isOpen(String projectId);
}
