package io.patchbay.compute.node;

import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Licensed;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Reads the licence that a controller sends with a start. */
final class LicenceBody {
  private static final BodySchema SCHEMA =
      BodySchema.resource(LicenceBody.class, "licence.schema.json");

  private LicenceBody() {}

  /**
   * Must be called on the request's own thread.
   *
   * @return gives the node its licence
   * @throws LabException (INVALID) if a field has a wrong type
   */
  static Runnable read(HttpServletRequest request, Licensed node) {
    JsonObject body = RequestBody.read(request, SCHEMA);
    Optional<String> text =
        Optional.ofNullable(body.get("iourc_content"))
            .filter(JsonString.class::isInstance)
            .map(given -> ((JsonString) given).getString());
    Optional<Boolean> checked =
        body.containsKey("license_check")
            ? Optional.of(body.getBoolean("license_check"))
            : Optional.empty();
    return () -> node.license(text, checked);
  }
}
