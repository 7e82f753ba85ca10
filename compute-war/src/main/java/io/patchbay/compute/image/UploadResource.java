package io.patchbay.compute.image;

import io.patchbay.runtime.image.ImageKind;
import io.patchbay.server.http.Blocking;
import io.patchbay.spi.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/** Images that are sent in parts and gone on with after a break; API v2 has no such routes. */
@Dependent
@Path(EmulatorImages.EMULATOR + "/uploads")
@Produces(MediaType.APPLICATION_JSON)
public class UploadResource extends EmulatorImages {
  private static final String RECEIVED = "received";

  @GET
  @Path("state/{size:\\d{1,15}}/{filename:.+}")
  public CompletionStage<JsonObject> received(
      @PathParam("size") long size, @PathParam("filename") String name) {
    ImageKind kind = kind();
    return Blocking.call(() -> answer(library().received(kind, name, size)));
  }

  @POST
  @Path("{size:\\d{1,15}}/{offset:\\d{1,15}}/{filename:.+}")
  public CompletionStage<JsonObject> append(
      @PathParam("size") long size,
      @PathParam("offset") long offset,
      @PathParam("filename") String name,
      InputStream content) {
    ImageKind kind = kind();
    return Blocking.call(() -> answer(library().append(kind, name, size, offset, content)));
  }

  private static JsonObject answer(long received) {
    return Json.createObjectBuilder().add(RECEIVED, received).build();
  }
}
