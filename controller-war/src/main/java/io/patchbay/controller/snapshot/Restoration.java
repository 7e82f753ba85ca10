package io.patchbay.controller.snapshot;

import io.patchbay.controller.archive.ArchivedProject;
import io.patchbay.controller.archive.Exports;
import io.patchbay.controller.archive.RemoteFiles;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.project.DirectorySwap;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectLifecycle;
import io.patchbay.controller.project.Staging;
import io.patchbay.controller.project.TopologyFile;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts a project back to a snapshot. The snapshot is unpacked and read before the project is
 * touched; whatever fails later is taken back.
 */
@Singleton
public class Restoration {
  /** What a project is to its users, whatever is in it. */
  private static final List<String> IDENTITY =
      List.of("project_id", "name", "auto_open", "auto_close", "auto_start");

  private final ProjectLifecycle lifecycle;
  private final Exports exports;
  private final RemoteFiles remoteFiles;

  @Inject
  public Restoration(ProjectLifecycle lifecycle, Exports exports, Computes computes) {
    this.lifecycle = lifecycle;
    this.exports = exports;
    this.remoteFiles = new RemoteFiles(computes);
  }

  /**
   * Stops the nodes of a project and puts it back; it is open afterwards, and its watchers are told
   * that once.
   *
   * @throws LabException NOT_FOUND if there is no such snapshot; FORBIDDEN if the project is
   *     closed; CONFLICT if the snapshot is damaged or files cannot be written, the project being
   *     as it was
   */
  void restore(Project project, String id) {
    project.lifecycle().lock();
    try {
      Snapshot snapshot = Snapshots.get(project, id);
      Path archive = project.snapshots().archive(snapshot);
      if (!Files.isRegularFile(archive)) {
        throw LabException.conflict("The snapshot's file " + snapshot.filename() + " not found");
      }
      try (Staging staging = Staging.in(project.directory().toAbsolutePath().getParent())) {
        Path tree = staging.make("project");
        JsonObject file = ArchivedProject.unpack(archive, tree);
        replace(project, identified(file, project.snapshot()), tree, staging);
      }
      project.feed().publish("snapshot.restored", snapshot.describe(project.id()));
    } finally {
      project.lifecycle().unlock();
    }
  }

  private static JsonObject identified(JsonObject file, JsonObject present) {
    JsonObjectBuilder both = Json.createObjectBuilder(file);
    IDENTITY.forEach(field -> both.add(field, present.get(field)));
    return both.build();
  }

  private void replace(Project project, JsonObject file, Path tree, Staging staging) {
    JsonObject before = project.snapshot();
    Path remote = staging.make("remote");
    exports.fetch(project, before, remote);
    lifecycle.shut(project);
    try {
      DirectorySwap swap = new DirectorySwap(project.directory());
      try {
        swap.bring(tree, project.path());
        remoteFiles.forget(before);
        remoteFiles.push(file, project.directory());
        TopologyFile.write(project.path(), file);
        project.file(file);
        lifecycle.build(project);
      } catch (IOException | RuntimeException failed) {
        swap.takeBack();
        remoteFiles.forget(file);
        remoteFiles.push(before, remote);
        throw failed;
      }
      swap.commit();
    } catch (IOException e) {
      throw again(project, before, LabException.conflict("The snapshot cannot be restored: " + e));
    } catch (RuntimeException refused) {
      throw again(project, before, refused);
    }
  }

  /** The project as it was. */
  private RuntimeException again(Project project, JsonObject before, RuntimeException why) {
    if (!project.isOpen()) {
      project.file(before);
      lifecycle.build(project);
    }
    return why;
  }
}
