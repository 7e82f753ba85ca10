package io.patchbay.controller.archive;

import io.patchbay.controller.access.Sharing;
import io.patchbay.controller.limit.DiskQuota;
import io.patchbay.controller.notification.Feeds;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectNames;
import io.patchbay.controller.project.Projects;
import io.patchbay.controller.project.Staging;
import io.patchbay.server.auth.Caller;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes projects out of portable archives. */
@Singleton
public class Imports {
  private final Projects projects;
  private final ProjectMaker maker;
  private final Feeds feeds;
  private final Sharing sharing;
  private final DiskQuota disk;

  @Inject
  public Imports(
      Projects projects, ProjectMaker maker, Feeds feeds, Sharing sharing, DiskQuota disk) {
    this.sharing = sharing;
    this.disk = disk;
    this.projects = projects;
    this.maker = maker;
    this.feeds = feeds;
  }

  /**
   * What is asked for.
   *
   * @param id of the new project
   * @param path where it will live; as usual if empty
   * @param creator whose it becomes; empty where the server asks nobody
   */
  record Wish(
      String id,
      Optional<String> name,
      Optional<Path> path,
      boolean keepComputeIds,
      Optional<Caller> creator) {}

  /**
   * @return the project, closed
   * @throws LabException (CONFLICT) if it is no archive of a project, may do harm, or there is a
   *     project with this id; nothing of it stays
   */
  Project read(InputStream body, Wish wish) {
    String id = wish.id();
    if (projects.find(id).isPresent()) {
      throw LabException.conflict("Project ID " + id + " already exists");
    }
    Path home = wish.path().orElseGet(() -> maker.usualHome(id));
    if (ProjectNames.isOccupied(home)) {
      throw LabException.conflict("The directory " + home + " is not empty");
    }
    sharing.expect(id, wish.creator());
    try (Staging staging = Staging.in(home.toAbsolutePath().getParent())) {
      Path archive = staging.directory().resolve("archive");
      Upload.save(
          disk.incoming(wish.creator(), body), archive, progress(id, "Upload of a project"));
      Path tree = staging.make("project");
      JsonObject file = ArchivedProject.unpack(archive, tree, progress(id, "Import of a project"));
      Files.delete(archive);
      return maker.make(
          new ProjectMaker.Wish(
              id, wish.name(), home, false, wish.keepComputeIds(), true, wish.creator()),
          staging,
          tree,
          file);
    } catch (IOException e) {
      throw LabException.conflict("The archive cannot be read: " + e.getMessage());
    } finally {
      sharing.forgetMaker(id);
    }
  }

  private Progress progress(String id, String what) {
    return new Progress(feeds.controller(), id, what, 0);
  }
}
