package io.patchbay.controller.server;

import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.RequestBody;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** The IOU licence. */
@Dependent
@Path("iou_license")
@Produces(MediaType.APPLICATION_JSON)
public class IouLicenseResource {
  @Inject private IouLicense license;

  @GET
  public JsonObject get() {
    return license.settings();
  }

  @PUT
  public CompletionStage<Response> update(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request);
    return Blocking.call(() -> Response.status(201).entity(license.merge(body)).build());
  }
}
