package io.patchbay.controller.compute;

import io.patchbay.server.http.Blocking;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** The computes of this controller. */
@Path("computes")
@Produces(MediaType.APPLICATION_JSON)
public class ComputeResource {
  @Inject private Computes computes;

  @GET
  public JsonArray list() {
    JsonArrayBuilder all = Json.createArrayBuilder();
    computes.all().forEach(compute -> all.add(compute.describe()));
    return all.build();
  }

  @GET
  @Path("{compute_id}")
  public JsonObject get(@PathParam("compute_id") String id) {
    return computes.get(id).describe();
  }

  @GET
  @Path("{compute_id}/ports")
  public CompletionStage<JsonValue> ports(@PathParam("compute_id") String id) {
    Compute compute = computes.get(id);
    return Blocking.call(() -> compute.client().get("/network/ports"));
  }
}
