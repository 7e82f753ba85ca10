package io.patchbay.compute.node;

import io.patchbay.server.json.BodySchema;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Nio;
import jakarta.json.JsonObject;

/** Reads what a controller wants to plug into a port. */
final class NioBody {
  private static final BodySchema SCHEMA = BodySchema.resource(NioBody.class, "nio.schema.json");

  private NioBody() {}

  /**
   * @throws LabException (INVALID) if a field is missing, wrong, or belongs to no NIO of that type
   */
  static Nio read(JsonObject body) {
    SCHEMA.check(body);
    return Nio.of(body);
  }
}
