package io.patchbay.controller.limit;

import io.patchbay.controller.access.Members;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.config.Quota;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How much the files of an owner's projects may take on this server's disk, all projects together.
 * It is asked before something is added; what nodes write while they run is not held back. Files on
 * other computes do not count. Thread-safe.
 */
@Singleton
public class DiskQuota {
  private static final int MIB = 20;

  private final Owners owners;
  private final Members members;

  @Inject
  public DiskQuota(Owners owners, Members members) {
    this.owners = owners;
    this.members = members;
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

  /** In bytes; may be negative. */
  private long room(Optional<String> owner) {
    if (owner.isEmpty()) {
      return Long.MAX_VALUE;
    }
    OptionalInt limit = owners.limit(Quota.DISK, owner.get());
    return limit.isEmpty() ? Long.MAX_VALUE : ((long) limit.getAsInt() << MIB) - used(owner.get());
  }

  private long used(String owner) {
    return owners
        .projectsOf(owner)
        .mapToLong(project -> DirectorySize.of(project.directory()))
        .sum();
  }

  private LabException refusal(String owner) {
    return LabException.conflict(
        "The projects of %s may take %d MiB of disk together. They take %d MiB, and this would be too much: delete a snapshot, files or a project first."
            .formatted(owner, owners.limit(Quota.DISK, owner).orElse(0), used(owner) >> MIB));
  }
}
