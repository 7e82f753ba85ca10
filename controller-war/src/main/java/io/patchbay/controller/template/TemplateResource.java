package io.patchbay.controller.template;

import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Templates. */
@Dependent
@Path("templates")
@Produces(MediaType.APPLICATION_JSON)
public class TemplateResource {
  private static final BodySchema CREATE =
      BodySchema.resource(TemplateResource.class, "create.schema.json");
  private static final BodySchema UPDATE =
      BodySchema.resource(TemplateResource.class, "update.schema.json");

  @Inject private Templates templates;

  @GET
  public JsonArray list() {
    JsonArrayBuilder all = Json.createArrayBuilder();
    templates.all().forEach(all::add);
    return all.build();
  }

  @POST
  public CompletionStage<Response> create(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, CREATE);
    return Blocking.call(() -> Response.status(201).entity(templates.create(body)).build());
  }

  /** Clients keep templates and ask only whether theirs is still the right one. */
  @GET
  @Path("{template_id}")
  public Response get(@PathParam("template_id") String id, @Context Request request) {
    JsonObject template = templates.get(id);
    EntityTag tag = tag(template);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    return (unchanged == null ? Response.ok(template) : unchanged).tag(tag).build();
  }

  private static EntityTag tag(JsonObject template) {
    byte[] text = template.toString().getBytes(StandardCharsets.UTF_8);
    return new EntityTag(UUID.nameUUIDFromBytes(text).toString().replace("-", ""));
  }

  @PUT
  @Path("{template_id}")
  public CompletionStage<JsonObject> update(
      @PathParam("template_id") String id, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, UPDATE);
    return Blocking.call(() -> templates.update(id, body));
  }

  @DELETE
  @Path("{template_id}")
  public CompletionStage<Response> delete(@PathParam("template_id") String id) {
    return Blocking.call(
        () -> {
          templates.delete(id);
          return Response.noContent().build();
        });
  }

  @POST
  @Path("{template_id}/duplicate")
  public CompletionStage<Response> duplicate(@PathParam("template_id") String id) {
    return Blocking.call(() -> Response.status(201).entity(templates.duplicate(id)).build());
  }
}
