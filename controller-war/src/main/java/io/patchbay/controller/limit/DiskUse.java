package io.patchbay.controller.limit;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Project;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.file.DirectorySize;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * How much disk projects take: on this server, and on other computes that are Patchbay's, as they
 * told last. A stock one cannot be asked and counts for nothing. Thread-safe.
 */
@Singleton
public class DiskUse {
  /** How old a figure may be where an old one will do. */
  static final Duration AGE = Duration.ofSeconds(20);

  private final LongSupplier clock;
  private final Map<String, Measured> here = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Long>> elsewhere = new ConcurrentHashMap<>();

  private record Measured(long bytes, long time) {}

  @Inject
  public DiskUse() {
    this(System::nanoTime);
  }

  /**
   * @param clock in nanoseconds
   */
  DiskUse(LongSupplier clock) {
    this.clock = clock;
  }

  /** Empty if it does not answer now. */
  private static OptionalLong ask(Compute compute, String projectId) {
    if (!compute.isConnected()) {
      return OptionalLong.empty();
    }
    try {
      return compute.client().get("/patchbay/projects/" + projectId + "/size")
                  instanceof JsonObject answer
              && answer.get("bytes") instanceof JsonNumber bytes
          ? OptionalLong.of(Math.max(0, bytes.longValue()))
          : OptionalLong.of(0);
    } catch (LabException refused) {
      return refused.code() == ErrorCode.NOT_FOUND ? OptionalLong.of(0) : OptionalLong.empty();
    }
  }

  /** In bytes, as it is now on this server. */
  long now(Project project) {
    return measure(project) + elsewhere(project);
  }

  /** In bytes, as it was {@link #AGE} ago at the earliest. */
  long about(Project project) {
    Measured last = here.get(project.id());
    boolean fresh = last != null && clock.getAsLong() - last.time() < AGE.toNanos();
    return (fresh ? last.bytes() : measure(project)) + elsewhere(project);
  }

  private long measure(Project project) {
    Measured measured = new Measured(DirectorySize.of(project.directory()), clock.getAsLong());
    here.put(project.id(), measured);
    return measured.bytes();
  }

  private long elsewhere(Project project) {
    return elsewhere.getOrDefault(project.id(), Map.of()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Asks the other computes of a project; what they told of one that is closed now stays. */
  void askOthers(Project project) {
    Map<String, Compute> others =
        project.nodes().stream()
            .map(Node::compute)
            .filter(compute -> compute != null && !compute.id().equals(Computes.LOCAL))
            .collect(Collectors.toMap(Compute::id, one -> one, (one, same) -> one));
    Map<String, Long> told =
        elsewhere.computeIfAbsent(project.id(), unknown -> new ConcurrentHashMap<>());
    if (project.isOpen()) {
      told.keySet().retainAll(others.keySet());
    }
    others.forEach(
        (id, compute) -> ask(compute, project.id()).ifPresent(bytes -> told.put(id, bytes)));
  }

  /** Forgets what is not among these. */
  void keepOnly(Set<String> projectIds) {
    here.keySet().retainAll(projectIds);
    elsewhere.keySet().retainAll(projectIds);
  }
}
