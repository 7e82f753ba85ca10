package io.patchbay.controller.compute;

import io.patchbay.controller.project.ComputeNews;
import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The computes of this controller. */
@Dependent
@Path("computes")
@Produces(MediaType.APPLICATION_JSON)
public class ComputeResource {
  /** A compute need not be there when it is registered; one that is answers within this. */
  private static final Duration GREETING = Duration.ofSeconds(3);

  @Inject private Computes computes;
  @Inject private ComputeEvents events;
  @Inject private ComputeNews news;

  @GET
  public JsonArray list() {
    JsonArrayBuilder all = Json.createArrayBuilder();
    computes.all().forEach(compute -> all.add(compute.describe()));
    return all.build();
  }

  @POST
  public CompletionStage<Response> register(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, ComputeBodies.CREATE);
    return Blocking.call(
        () -> {
          Compute compute = computes.register(body);
          compute.presence().awaitFirst(GREETING);
          return Response.status(201).entity(compute.describe()).build();
        });
  }

  @GET
  @Path("{compute_id}")
  public JsonObject get(@PathParam("compute_id") String id) {
    return computes.get(id).describe();
  }

  @PUT
  @Path("{compute_id}")
  public CompletionStage<JsonObject> update(
      @PathParam("compute_id") String id, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, ComputeBodies.UPDATE);
    Compute compute = computes.get(id);
    return Blocking.call(
        () -> {
          if (computes.update(compute, body)) {
            events.reconnect(compute);
          }
          return compute.describe();
        });
  }

  /** Closes the projects that use it first; one that is unknown is gone already. */
  @DELETE
  @Path("{compute_id}")
  public CompletionStage<Response> delete(@PathParam("compute_id") String id) {
    return Blocking.call(
        () -> {
          computes.find(id).ifPresent(this::delete);
          return Response.noContent().build();
        });
  }

  private void delete(Compute compute) {
    computes.requireRemovable(compute);
    news.closeAllOn(compute);
    events.leave(compute);
    computes.remove(compute);
  }

  @GET
  @Path("{compute_id}/ports")
  public CompletionStage<JsonValue> ports(@PathParam("compute_id") String id) {
    Compute compute = computes.get(id);
    return Blocking.call(() -> compute.client().get("/network/ports"));
  }

  @POST
  @Path("{compute_id}/auto_idlepc")
  public CompletionStage<JsonValue> autoIdlepc(
      @PathParam("compute_id") String id, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, ComputeBodies.AUTO_IDLEPC);
    Compute compute = computes.get(id);
    return Blocking.call(() -> IdlePc.find(compute.client(), body));
  }
}
