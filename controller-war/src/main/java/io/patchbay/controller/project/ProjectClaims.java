package io.patchbay.controller.project;

import io.patchbay.spi.LabException;
import java.util.HashSet;
import java.util.Set;

/**
 * Ids and names of projects that are being made, so that two at once get different ones. Guarded by
 * whoever owns the projects.
 */
final class ProjectClaims {
  private final Set<String> ids = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  boolean hasId(String id) {
    return ids.contains(id);
  }

  boolean hasName(String name) {
    return names.contains(name);
  }

  void add(String id, String name) {
    if (!ids.add(id)) {
      throw LabException.conflict("Project ID " + id + " is being made already");
    }
    names.add(name);
  }

  void remove(String id, String name) {
    ids.remove(id);
    names.remove(name);
  }
}
