package io.patchbay.controller.vm;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** The GNS3 VM, which there is none of here. */
@Dependent
@Path("gns3vm")
@Produces(MediaType.APPLICATION_JSON)
public class Gns3VmResource {
  /** The engine whose VMs are servers elsewhere. */
  private static final String REMOTE = "remote";

  @Inject private Gns3Vm vm;
  @Inject private Computes computes;

  @GET
  public JsonObject get() {
    return vm.settings();
  }

  @PUT
  public CompletionStage<Response> update(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request);
    return Blocking.call(() -> Response.status(201).entity(vm.replace(body)).build());
  }

  @GET
  @Path("engines")
  public JsonArray engines() {
    return vm.all();
  }

  /** No engine is installed; the remote one has the computes that were registered. */
  @GET
  @Path("engines/{engine}/vms")
  public JsonArray vms(@PathParam("engine") String engine) {
    vm.requireEngine(engine);
    JsonArrayBuilder all = Json.createArrayBuilder();
    if (engine.equals(REMOTE)) {
      computes.all().stream()
          .filter(compute -> !compute.id().equals(Computes.LOCAL))
          .map(Compute::name)
          .forEach(name -> all.add(Json.createObjectBuilder().add("vmname", name)));
    }
    return all.build();
  }
}
