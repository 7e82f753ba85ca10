package io.patchbay.controller.archive;

import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.limit.DiskQuota;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectNames;
import io.patchbay.controller.project.Projects;
import io.patchbay.controller.project.Projects.Claim;
import io.patchbay.controller.project.Staging;
import io.patchbay.controller.project.TopologyFile;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.file.DirectorySize;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a project of its own out of a copied or unpacked one. */
@Singleton
public class ProjectMaker {
  private final Settings settings;
  private final Computes computes;
  private final Projects projects;
  private final DiskQuota disk;
  private final RemoteFiles remoteFiles;

  @Inject
  public ProjectMaker(Settings settings, Computes computes, Projects projects, DiskQuota disk) {
    this.disk = disk;
    this.settings = settings;
    this.computes = computes;
    this.projects = projects;
    this.remoteFiles = new RemoteFiles(computes);
  }

  /**
   * What the project is to be.
   *
   * @param name wanted; the one of the file if empty
   * @param home where it will live; a directory that is not there, or empty
   * @param creator whose it becomes; empty where the server asks nobody
   */
  record Wish(
      String id,
      Optional<String> name,
      Path home,
      boolean resetMacAddresses,
      boolean keepComputeIds,
      boolean autoClose,
      Optional<Caller> creator) {}

  /** Where a project lives unless somebody says otherwise. */
  Path usualHome(String id) {
    return settings.projects().resolve(id);
  }

  /**
   * @param staging on the disk of the new home
   * @param tree the project's files; moved away
   * @param found the project's file
   * @return the project, closed
   * @throws LabException if that fails; nothing of it stays but the staging directory
   */
  Project make(Wish wish, Staging staging, Path tree, JsonObject found) {
    Claim claim =
        projects.claim(wish.id(), wish.name().orElse(found.getString("name")), wish.creator());
    try {
      disk.requireRoom(wish.creator(), DirectorySize.of(tree));
      NewIds ids = new NewIds(wish.resetMacAddresses());
      JsonObject renewed = settle(ids.apply(found, tree), wish, claim);
      new SnapshotRenewal(staging, ids, claim.id(), claim.name()).apply(tree.resolve("snapshots"));
      JsonObject file = wish.keepComputeIds() ? renewed : Placement.spread(renewed, computes);
      return place(file, wish, tree);
    } catch (IOException e) {
      throw LabException.conflict("The project cannot be made: " + e.getMessage());
    } finally {
      projects.release(claim);
    }
  }

  /** A copied project does nothing by itself until somebody has looked at it. */
  private static JsonObject settle(JsonObject file, Wish wish, Claim claim) {
    return Json.createObjectBuilder(file)
        .add("project_id", claim.id())
        .add("name", claim.name())
        .add("auto_start", false)
        .add("auto_open", false)
        .add("auto_close", wish.autoClose())
        .build();
  }

  private Project place(JsonObject file, Wish wish, Path tree) throws IOException {
    String filename = ProjectNames.fileName(file.getString("name"));
    removeProjectFiles(tree);
    TopologyFile.write(tree.resolve(filename), file);
    ImportedImages images = new ImportedImages(settings.images());
    boolean placed = false;
    try {
      remoteFiles.push(file, tree);
      if (mayAddImages(wish.creator())) {
        images.install(tree.resolve("images"));
      } else {
        DirectoryTree.delete(tree.resolve("images"));
      }
      Files.createDirectories(wish.home().getParent());
      // Over an empty directory, or none; anything else is refused by the system.
      Files.move(tree, wish.home(), StandardCopyOption.ATOMIC_MOVE);
      Project project = projects.add(wish.home(), filename, file, wish.creator());
      placed = true;
      return project;
    } finally {
      remoteFiles.close(file);
      if (!placed) {
        remoteFiles.forget(file);
        images.takeBack();
      }
    }
  }

  /** As for the routes by which images are uploaded; the table of rules has them. */
  private static boolean mayAddImages(Optional<Caller> creator) {
    return creator.filter(caller -> !caller.role().isAtLeast(Role.INSTRUCTOR)).isEmpty();
  }

  /** One would be taken for a second project at the next start. */
  private static void removeProjectFiles(Path tree) throws IOException {
    List<Path> found;
    try (Stream<Path> files = Files.list(tree)) {
      found = files.filter(file -> file.toString().endsWith(".gns3")).toList();
    }
    for (Path file : found) {
      if (!Files.isDirectory(file)) {
        Files.delete(file);
      }
    }
  }
}
