package io.patchbay.compute.image;

import io.patchbay.runtime.image.Image;
import io.patchbay.runtime.image.ImageKind;
import io.patchbay.server.http.Blocking;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Images of every emulator that has some. */
@Dependent
@Path(EmulatorImages.EMULATOR + "/images")
@Produces(MediaType.APPLICATION_JSON)
public class ImageResource extends EmulatorImages {
  @GET
  public CompletionStage<List<Image>> list() {
    ImageKind kind = kind();
    return Blocking.call(() -> library().list(kind));
  }

  @GET
  @Path("{filename:.+}")
  public CompletionStage<Response> download(@PathParam("filename") String name) {
    ImageKind kind = kind();
    return Blocking.call(
        () ->
            Response.ok(library().findListed(kind, name).toFile())
                .type(MediaType.APPLICATION_OCTET_STREAM)
                .build());
  }

  @POST
  @Path("{filename:.+}")
  public CompletionStage<Response> upload(
      @PathParam("filename") String name, @Context HttpHeaders headers, InputStream content) {
    ImageKind kind = kind();
    OptionalLong size = size(headers);
    return Blocking.call(
        () -> {
          library().upload(kind, name, content, size);
          return Response.noContent().build();
        });
  }

  /** Unknown if the image comes in chunks. */
  private static OptionalLong size(HttpHeaders headers) {
    String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
  }
}
