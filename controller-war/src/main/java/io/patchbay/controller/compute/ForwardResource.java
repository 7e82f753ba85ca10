package io.patchbay.controller.compute;

import io.patchbay.server.http.Blocking;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.concurrent.CompletionStage;

/** What clients ask of a compute by way of the controller, images above all. */
@Dependent
@Path("computes")
@Produces(MediaType.APPLICATION_JSON)
public class ForwardResource {
  private static final String IMAGES = "images";

  @Inject private Computes computes;

  /** Images are sorted by their name, which for containers is called {@code image}. */
  @GET
  @Path("{compute_id}/{emulator}/" + IMAGES)
  public CompletionStage<JsonValue> images(
      @PathParam("compute_id") String id, @Encoded @PathParam("emulator") String emulator) {
    Compute compute = computes.get(id);
    String path = path(emulator, IMAGES);
    return Blocking.call(
        () ->
            compute.client().get(path) instanceof JsonArray images
                ? sorted(images)
                : JsonValue.EMPTY_JSON_ARRAY);
  }

  private static JsonArray sorted(JsonArray images) {
    JsonArrayBuilder sorted = Json.createArrayBuilder();
    images.getValuesAs(JsonObject.class).stream()
        .sorted(
            Comparator.comparing(
                image -> image.getString("filename", image.getString("image", ""))))
        .forEach(sorted::add);
    return sorted.build();
  }

  @POST
  @Path("{compute_id}/{emulator}/" + IMAGES)
  public CompletionStage<JsonValue> postImages(
      @PathParam("compute_id") String id,
      @Encoded @PathParam("emulator") String emulator,
      InputStream content) {
    return pass("POST", id, path(emulator, IMAGES), content);
  }

  @PUT
  @Path("{compute_id}/{emulator}/" + IMAGES)
  public CompletionStage<JsonValue> putImages(
      @PathParam("compute_id") String id,
      @Encoded @PathParam("emulator") String emulator,
      InputStream content) {
    return pass("PUT", id, path(emulator, IMAGES), content);
  }

  /** Where clients with direct access to the compute find the same. */
  @GET
  @Path("endpoint/{compute_id}/{emulator}/{action:.+}")
  public JsonObject endpoint(
      @PathParam("compute_id") String id,
      @Encoded @PathParam("emulator") String emulator,
      @Encoded @PathParam("action") String action) {
    Compute compute = computes.get(id);
    return Json.createObjectBuilder()
        .add("endpoint", compute.settings().url() + path(emulator, action))
        .build();
  }

  @GET
  @Path("{compute_id}/{emulator}/{action:.+}")
  public CompletionStage<Response> get(
      @PathParam("compute_id") String id,
      @Encoded @PathParam("emulator") String emulator,
      @Encoded @PathParam("action") String action) {
    Compute compute = computes.get(id);
    String path = path(emulator, action);
    return Blocking.call(() -> answer(compute.client().open(path)));
  }

  private static Response answer(HttpResponse<InputStream> answer) throws IOException {
    PushbackInputStream content = new PushbackInputStream(answer.body());
    int first = content.read();
    if (first < 0) {
      content.close();
      return Response.ok(JsonValue.EMPTY_JSON_OBJECT).build();
    }
    content.unread(first);
    StreamingOutput stream =
        out -> {
          try (content) {
            content.transferTo(out);
          }
        };
    return Response.ok(stream)
        .type(answer.headers().firstValue("Content-Type").orElse(MediaType.APPLICATION_JSON))
        .build();
  }

  @POST
  @Path("{compute_id}/{emulator}/{action:.+}")
  public CompletionStage<JsonValue> post(
      @PathParam("compute_id") String id,
      @Encoded @PathParam("emulator") String emulator,
      @Encoded @PathParam("action") String action,
      InputStream content) {
    return pass("POST", id, path(emulator, action), content);
  }

  @PUT
  @Path("{compute_id}/{emulator}/{action:.+}")
  public CompletionStage<JsonValue> put(
      @PathParam("compute_id") String id,
      @Encoded @PathParam("emulator") String emulator,
      @Encoded @PathParam("action") String action,
      InputStream content) {
    return pass("PUT", id, path(emulator, action), content);
  }

  private CompletionStage<JsonValue> pass(
      String method, String id, String path, InputStream content) {
    Compute compute = computes.get(id);
    return Blocking.call(() -> compute.client().pass(method, path, content));
  }

  /**
   * The path on the compute, below its API.
   *
   * @throws LabException (NOT_FOUND) if it could lead out of there
   */
  static String path(String emulator, String action) {
    String path = "/" + emulator + "/" + action;
    for (String part : path.substring(1).split("/", -1)) {
      String plain = part.replaceAll("(?i)%2e", ".");
      if (plain.isEmpty() || plain.equals(".") || plain.equals("..")) {
        throw LabException.notFound(path + " not found");
      }
    }
    return path;
  }
}
