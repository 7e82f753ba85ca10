package io.patchbay.spi;

import jakarta.json.JsonObject;
import java.util.Optional;

/** Makes the nodes of one kind. One instance serves the whole compute, from many threads. */
public interface EmulatorConnector {
  NodeKind kind();

  /** Why nodes of this kind cannot be started here, such as a missing binary; empty if they can. */
  Optional<String> unavailable();

  /** JSON Schema (2020-12) of the body that creates a node. */
  String createSchema();

  /** JSON Schema (2020-12) of the body that changes a node. */
  String updateSchema();

  /**
   * Makes a node, not started unless its kind always is.
   *
   * @param settings the body of the request, which the create schema has let through
   * @throws LabException if the node cannot be made; nothing is left behind then
   */
  EmulatedNode create(NodeSite site, JsonObject settings);
}
