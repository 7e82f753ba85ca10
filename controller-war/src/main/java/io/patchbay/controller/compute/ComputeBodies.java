package io.patchbay.controller.compute;

import io.patchbay.server.json.BodySchema;

/** What requests about computes look like. */
final class ComputeBodies {
  static final BodySchema CREATE = BodySchema.resource(ComputeBodies.class, "create.schema.json");
  static final BodySchema UPDATE = BodySchema.resource(ComputeBodies.class, "update.schema.json");
  static final BodySchema AUTO_IDLEPC =
      BodySchema.resource(ComputeBodies.class, "auto_idlepc.schema.json");

  private ComputeBodies() {}
}
