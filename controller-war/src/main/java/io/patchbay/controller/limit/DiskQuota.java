package io.patchbay.controller.limit;

import io.patchbay.controller.access.Members;
import io.patchbay.controller.project.Project;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.config.Quota;
import io.patchbay.spi.LabException;
import io.patchbay.spi.file.DirectorySize;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;

/**
 * How much disk the files of an owner's projects may take, all projects together. It is asked
 * before something is added; what nodes write while they run is not held back. Thread-safe.
 */
@Singleton
public class DiskQuota {
  private static final int MIB = 20;

  private final Owners owners;
  private final Members members;
  private final DiskUse use;

  @Inject
  public DiskQuota(Owners owners, Members members, DiskUse use) {
    this.owners = owners;
    this.members = members;
    this.use = use;
  }

  /**
   * For a node that is to start, which is asked often: who has only just filled the disk is perhaps
   * not noticed.
   *
   * @throws LabException (CONFLICT) with a sentence for the user if the owner has no room
   */
  void requireRoomToRun(String projectId) {
    Optional<String> owner = owners.of(projectId);
    if (room(owner, use::about) <= 0) {
      require(owner, 0);
    }
  }

  /**
   * For a project that is there.
   *
   * @param bytes to be added, as far as that is known before
   * @throws LabException (CONFLICT) with a sentence for the user if that is too much for its owner,
   *     or the owner has no room at all
   */
  public void requireRoom(String projectId, long bytes) {
    require(owners.of(projectId), bytes);
  }

  /**
   * The same for a project that is being made.
   *
   * @param creator whose it becomes; empty where the server asks nobody
   */
  public void requireRoom(Optional<Caller> creator, long bytes) {
    require(name(creator), bytes);
  }

  private void require(Optional<String> owner, long bytes) {
    long room = room(owner);
    if (bytes > room || room <= 0) {
      throw refusal(owner.orElseThrow());
    }
  }

  /**
   * What a client sends, for a file of a project.
   *
   * @param target the file, which may be there and is then replaced
   * @return ends with a {@link LabException} (CONFLICT) when more comes than the owner has room for
   */
  public InputStream incoming(String projectId, InputStream content, Path target) {
    return bounded(owners.of(projectId), content, DirectorySize.ofFile(target));
  }

  /** The same for a file of a node, wherever that is. */
  public InputStream incoming(String projectId, InputStream content) {
    return bounded(owners.of(projectId), content, 0);
  }

  /** The same for what is to be a project of somebody's. */
  public InputStream incoming(Optional<Caller> creator, InputStream content) {
    return bounded(name(creator), content, 0);
  }

  /** Somebody who was never here may have a limit by a group. */
  private Optional<String> name(Optional<Caller> creator) {
    creator.ifPresent(members::meet);
    return creator.map(Caller::name);
  }

  private InputStream bounded(Optional<String> owner, InputStream content, long replaced) {
    long room = room(owner);
    return room == Long.MAX_VALUE
        ? content
        : new BoundedInput(content, room + replaced, () -> refusal(owner.orElseThrow()));
  }

  private long room(Optional<String> owner) {
    return room(owner, use::now);
  }

  /** In bytes; may be negative. */
  private long room(Optional<String> owner, ToLongFunction<Project> size) {
    if (owner.isEmpty()) {
      return Long.MAX_VALUE;
    }
    OptionalInt limit = owners.limit(Quota.DISK, owner.get());
    return limit.isEmpty()
        ? Long.MAX_VALUE
        : ((long) limit.getAsInt() << MIB) - used(owner.get(), size);
  }

  private long used(String owner, ToLongFunction<Project> size) {
    return owners.projectsOf(owner).mapToLong(size).sum();
  }

  /** What somebody should know who takes more than allowed; empty for anybody else. */
  Optional<String> notice(String owner) {
    return room(Optional.of(owner), use::about) >= 0
        ? Optional.empty()
        : Optional.of(
            "The projects of %s take %d MiB of disk, and may take %d MiB. What runs goes on, but nodes cannot be started and nothing can be added: delete a snapshot, files or a project."
                .formatted(
                    owner,
                    used(owner, use::about) >> MIB,
                    owners.limit(Quota.DISK, owner).orElse(0)));
  }

  private LabException refusal(String owner) {
    return LabException.conflict(
        "The projects of %s may take %d MiB of disk together. They take %d MiB, and this would be too much: delete a snapshot, files or a project first."
            .formatted(
                owner, owners.limit(Quota.DISK, owner).orElse(0), used(owner, use::about) >> MIB));
  }
}
