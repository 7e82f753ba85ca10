package io.patchbay.controller.limit;

import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Project;
import io.patchbay.server.config.Quota;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind.Trait;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How much the nodes of an owner's projects may take while they run, all projects together, whoever
 * starts them. Thread-safe.
 */
@Singleton
public class Quotas {
  private static final List<Quota> OF_NODES = List.of(Quota.RUNNING_NODES, Quota.RAM, Quota.CPUS);

  private final Owners owners;
  private final DiskQuota disk;
  private final Set<Node> starting = new HashSet<>();

  @Inject
  public Quotas(Owners owners, DiskQuota disk) {
    this.owners = owners;
    this.disk = disk;
  }

  /**
   * Starts a node if its project's owner has room for it; the room is held meanwhile.
   *
   * @throws LabException (CONFLICT) with a sentence for the user if there is none
   */
  public void start(Project project, Node node, Runnable start) {
    Optional<String> owner = owners.of(project.id());
    if (owners.areFree() || owner.isEmpty() || node.has(Trait.ALWAYS_ON)) {
      start.run();
      return;
    }
    // Nodes write while they run.
    disk.requireRoomToRun(project.id());
    hold(owner.get(), node);
    try {
      start.run();
    } finally {
      synchronized (starting) {
        starting.remove(node);
      }
    }
  }

  private void hold(String owner, Node node) {
    synchronized (starting) {
      for (Quota quota : OF_NODES) {
        OptionalInt limit = owners.limit(quota, owner);
        if (limit.isPresent()) {
          long used = others(owner, node).mapToLong(other -> need(quota, other)).sum();
          if (used + need(quota, node) > limit.getAsInt()) {
            throw LabException.conflict(words(quota, owner, limit.getAsInt(), used, node));
          }
        }
      }
      starting.add(node);
    }
  }

  private Stream<Node> others(String owner, Node node) {
    return owners
        .projectsOf(owner)
        .flatMap(project -> project.nodes().stream())
        .filter(other -> other != node && !other.has(Trait.ALWAYS_ON))
        .filter(other -> !other.isStopped() || starting.contains(other));
  }

  /** How much of it a node takes while it runs. */
  static long need(Quota quota, Node node) {
    return switch (quota) {
      case RUNNING_NODES -> 1;
      case RAM -> property(node, "ram");
      case CPUS -> property(node, "cpus");
      case PROJECTS, DISK -> 0;
    };
  }

  private static long property(Node node, String name) {
    return node.stored().get("properties") instanceof JsonObject properties
            && properties.get(name) instanceof JsonNumber number
        ? Math.max(0, number.longValue())
        : 0;
  }

  private static String words(Quota quota, String owner, int limit, long used, Node node) {
    return switch (quota) {
      case RAM ->
          "The running nodes of %s may have %d MiB of memory together. They have %d MiB, and %s needs %d MiB: stop another node first."
              .formatted(owner, limit, used, node.name(), need(quota, node));
      case CPUS ->
          "The running nodes of %s may have %d processors together. They have %d, and %s needs %d: stop another node first."
              .formatted(owner, limit, used, node.name(), need(quota, node));
      default ->
          "The limit of running nodes of %s is %d, and that many run already: stop one before you start %s."
              .formatted(owner, limit, node.name());
    };
  }
}
