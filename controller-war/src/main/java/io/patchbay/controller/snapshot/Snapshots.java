package io.patchbay.controller.snapshot;

import io.patchbay.controller.archive.ExportOptions;
import io.patchbay.controller.archive.Exports;
import io.patchbay.controller.limit.DiskQuota;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.zip.Compression;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes and removes snapshots of open projects. */
@Singleton
public class Snapshots {
  /** File systems take 255 bytes; the name gets a suffix, and another while it is written. */
  private static final int LONGEST_NAME = 180;

  private final Exports exports;
  private final DiskQuota disk;

  @Inject
  public Snapshots(Exports exports, DiskQuota disk) {
    this.exports = exports;
    this.disk = disk;
  }

  /**
   * @throws LabException CONFLICT if the name is taken or cannot be a file's, if a node runs, if
   *     the archive cannot be written, or if it is too much for the project's owner; FORBIDDEN if
   *     the project is closed
   */
  Snapshot create(Project project, String name) {
    return exclusively(
        project,
        () -> {
          SnapshotList snapshots = project.snapshots();
          requireUsable(name);
          if (snapshots.all().stream().anyMatch(other -> other.name().equals(name))) {
            throw LabException.conflict("The snapshot name " + name + " already exists");
          }
          Snapshot snapshot = Snapshot.now(name);
          write(project, snapshots.archive(snapshot));
          try {
            snapshots.add(snapshot);
          } catch (LabException notListed) {
            delete(snapshots.archive(snapshot));
            throw notListed;
          }
          return snapshot;
        });
  }

  private static <T> T exclusively(Project project, Supplier<T> work) {
    project.lifecycle().lock();
    try {
      project.requireOpen();
      return work.get();
    } finally {
      project.lifecycle().unlock();
    }
  }

  private static void requireUsable(String name) {
    boolean usable =
        name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
            && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    if (!usable) {
      throw LabException.conflict("The snapshot name " + name + " cannot be the name of a file");
    }
  }

  /** Under its name only once it is complete. */
  private void write(Project project, Path archive) {
    Path fresh = archive.resolveSibling("." + UUID.randomUUID());
    try {
      if (Files.exists(archive)) {
        throw LabException.conflict("The snapshot file " + archive.getFileName() + " exists");
      }
      disk.requireRoom(project.id(), 0);
      Files.createDirectories(archive.getParent());
      exports.write(project, ExportOptions.SNAPSHOT, Compression.NONE, fresh);
      // How large it gets is known now only; it is among the project's files already.
      disk.requireRoom(project.id(), 0);
      Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw LabException.conflict("The snapshot cannot be written: " + e.getMessage());
    } finally {
      delete(fresh);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw LabException.conflict(file + " cannot be deleted: " + e.getMessage());
    }
  }

  /**
   * @throws LabException NOT_FOUND if there is none with this id; FORBIDDEN if the project is
   *     closed
   */
  void delete(Project project, String id) {
    exclusively(
        project,
        () -> {
          Snapshot snapshot = get(project, id);
          project.snapshots().remove(snapshot);
          delete(project.snapshots().archive(snapshot));
          return null;
        });
  }

  static Snapshot get(Project project, String id) {
    return project
        .requireOpen()
        .snapshots()
        .find(id)
        .orElseThrow(() -> LabException.notFound("Snapshot ID " + id + " doesn't exist"));
  }
}
