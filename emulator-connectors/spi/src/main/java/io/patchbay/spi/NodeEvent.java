package io.patchbay.spi;

import jakarta.json.JsonObject;
import java.util.UUID;

/** What a compute tells about its nodes. */
public sealed interface NodeEvent {
  UUID projectId();

  /**
   * @param node the whole node, as a read of it would answer
   */
  record Updated(UUID projectId, JsonObject node) implements NodeEvent {}

  /**
   * @param node the node as it last was, its console port already given back
   */
  record Deleted(UUID projectId, JsonObject node) implements NodeEvent {}

  /** A sentence for the user, shown in the client's console. */
  record Log(UUID projectId, Level level, String message) implements NodeEvent {}

  /**
   * A capture has ended by itself, or frames are missing from it; a {@link Log} says why.
   *
   * @param port where it ran
   */
  record CaptureTroubled(UUID projectId, UUID nodeId, PortAddress port) implements NodeEvent {}

  /** How grave a {@link Log} is. */
  enum Level {
    INFO,
    WARNING,
    ERROR
  }
}
