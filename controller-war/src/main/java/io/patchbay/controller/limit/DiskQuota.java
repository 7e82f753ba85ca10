package io.patchbay.controller.limit;

import io.patchbay.controller.access.Members;
import io.patchbay.controller.access.Sharing;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.config.Quota;
import io.patchbay.server.config.QuotaSettings;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * How much the files of an owner's projects may take on this server's disk, all projects together.
 * It is asked before something is added; what nodes write while they run is not held back. Files on
 * other computes do not count. Thread-safe.
 */
@Singleton
public class DiskQuota {
  private static final int MIB = 20;

  private final QuotaSettings limits;
  private final Sharing sharing;
  private final Members members;
  private final Supplier<Collection<Project>> projects;

  @Inject
  public DiskQuota(Settings settings, Sharing sharing, Members members, Projects projects) {
    this(settings.quotas(), sharing, members, projects::all);
  }

  DiskQuota(
      QuotaSettings limits,
      Sharing sharing,
      Members members,
      Supplier<Collection<Project>> projects) {
    this.limits = limits;
    this.sharing = sharing;
    this.members = members;
    this.projects = projects;
  }

  /**
   * For a project that is there.
   *
   * @param bytes to be added, as far as that is known before
   * @throws LabException (CONFLICT) with a sentence for the user if that is too much for its owner,
   *     or the owner has no room at all
   */
  public void requireRoom(String projectId, long bytes) {
    require(owner(projectId), bytes);
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
    return bounded(owner(projectId), content, DirectorySize.ofFile(target));
  }

  /** The same for a file of a node, wherever that is. */
  public InputStream incoming(String projectId, InputStream content) {
    return bounded(owner(projectId), content, 0);
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

  private Optional<String> owner(String projectId) {
    return sharing.of(projectId).owner();
  }

  /** In bytes; may be negative. */
  private long room(Optional<String> owner) {
    if (owner.isEmpty()) {
      return Long.MAX_VALUE;
    }
    OptionalInt limit = members.limit(limits, Quota.DISK, owner.get());
    return limit.isEmpty() ? Long.MAX_VALUE : ((long) limit.getAsInt() << MIB) - used(owner.get());
  }

  private long used(String owner) {
    return projects.get().stream()
        .filter(project -> owner(project.id()).filter(owner::equals).isPresent())
        .mapToLong(project -> DirectorySize.of(project.directory()))
        .sum();
  }

  private LabException refusal(String owner) {
    return LabException.conflict(
        "The projects of %s may take %d MiB of disk together. They take %d MiB, and this would be too much: delete a snapshot, files or a project first."
            .formatted(
                owner, members.limit(limits, Quota.DISK, owner).orElse(0), used(owner) >> MIB));
  }
}
