package io.patchbay.compute.lab;

import io.patchbay.server.json.BodySchema;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.NodeKind;

/** A connector with its schemas, read once. */
public record Connector(
    EmulatorConnector emulator, BodySchema createSchema, BodySchema updateSchema) {
  Connector(EmulatorConnector emulator) {
    this(emulator, BodySchema.of(emulator.createSchema()), BodySchema.of(emulator.updateSchema()));
  }

  public NodeKind kind() {
    return emulator.kind();
  }
}
