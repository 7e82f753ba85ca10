package io.patchbay.controller.project;

import io.patchbay.controller.journal.ProjectStore;
import io.patchbay.controller.migration.Migrations;
import io.patchbay.spi.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * What to do about a project file that cannot be used. It stays as it is until somebody mends it.
 */
final class ProjectDamage {
  private ProjectDamage() {}

  /** What is wrong with a file and where a good copy is, in sentences for the user. */
  static String describe(Path file, Exception failure) {
    Path copy = ProjectStore.backup(file);
    return "The project file "
        + file
        + " cannot be used: "
        + reason(file, failure)
        + ". It is left as it is. "
        + (good(copy).isPresent()
            ? "A good copy, of when it was last written, is " + copy
            : "There is no copy of it");
  }

  private static String reason(Path file, Exception failure) {
    if (file.toFile().length() == 0) {
      return "it is empty";
    }
    return failure.getCause() instanceof JsonException broken
        ? "it is cut off or no JSON object (" + broken.getMessage() + ")"
        : String.valueOf(failure.getMessage());
  }

  private static Optional<JsonObject> good(Path file) {
    try {
      return Optional.of(TopologyFile.requireProject(file, Migrations.parse(file)));
    } catch (IOException unusable) {
      return Optional.empty();
    }
  }

  /**
   * By what a project whose file is damaged is known meanwhile: its good copy, or the name of its
   * directory; empty if not even that is the id of a project.
   */
  static Optional<JsonObject> standIn(Path file) {
    Optional<JsonObject> copy = good(ProjectStore.backup(file)).map(ProjectForm::complete);
    return copy.isPresent() ? copy : nameless(file);
  }

  private static Optional<JsonObject> nameless(Path file) {
    String id = String.valueOf(file.toAbsolutePath().getParent().getFileName());
    try {
      if (!UUID.fromString(id).toString().equals(id)) {
        return Optional.empty();
      }
    } catch (IllegalArgumentException elsewhere) {
      return Optional.empty();
    }
    String name = file.getFileName().toString();
    return Optional.of(
        ProjectForm.create(
            Json.createObjectBuilder()
                .add("name", name.substring(0, name.length() - ".gns3".length()))
                .build(),
            id));
  }
}
