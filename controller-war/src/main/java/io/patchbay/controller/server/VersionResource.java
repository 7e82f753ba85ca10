package io.patchbay.controller.server;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.server.config.Settings;
import io.patchbay.server.http.ApiVersion;
import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** What the server is, and how its machines do. */
@Dependent
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class VersionResource {
  private static final BodySchema VERSION =
      BodySchema.resource(VersionResource.class, "version.schema.json");

  @Inject private Settings settings;
  @Inject private Computes computes;

  @GET
  @Path("version")
  public JsonObject version() {
    return Json.createObjectBuilder()
        .add("version", ApiVersion.TEXT)
        .add("local", settings.local())
        .build();
  }

  /** Lets a client check that it speaks the same version. */
  @POST
  @Path("version")
  public JsonObject check(@Context HttpServletRequest request) {
    String theirs = RequestBody.read(request, VERSION).getString("version");
    if (!theirs.equals(ApiVersion.TEXT)) {
      throw LabException.conflict(
          "Client version " + theirs + " is not the same as server version " + ApiVersion.TEXT);
    }
    return Json.createObjectBuilder().add("version", ApiVersion.TEXT).build();
  }

  /** One entry for each compute that answers. */
  @GET
  @Path("statistics")
  public CompletionStage<JsonArray> statistics() {
    return Blocking.call(
        () -> {
          JsonArrayBuilder all = Json.createArrayBuilder();
          for (Compute compute : computes.all().stream().filter(Compute::isConnected).toList()) {
            try {
              all.add(
                  Json.createObjectBuilder()
                      .add("compute_id", compute.id())
                      .add("compute_name", compute.name())
                      .add("statistics", compute.client().get("/statistics")));
            } catch (LabException away) {
              // A compute that is away has no figures; the others have.
            }
          }
          return all.build();
        });
  }
}
