package io.patchbay.spi;

import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The place of a node in its project.
 *
 * @param name the name that the user gave
 * @param projectDirectory exists
 * @param events takes what the node tells, from any thread, and never blocks
 */
public record NodeSite(
    UUID projectId, UUID nodeId, String name, Path projectDirectory, Consumer<NodeEvent> events) {

  /** Where a node of this kind keeps its files; made by the node when it needs it. */
  public Path directory(NodeKind kind) {
    return projectDirectory
        .resolve("project-files")
        .resolve(kind.wireName())
        .resolve(nodeId.toString());
  }

  /** Where the project's captures are; made by who needs it. */
  public Path captures() {
    return projectDirectory.resolve("project-files").resolve("captures");
  }
}
