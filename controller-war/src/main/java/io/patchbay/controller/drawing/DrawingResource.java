package io.patchbay.controller.drawing;

import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectSaver;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;

/** Drawings of a project. They concern no compute, so nothing here waits. */
@Path("projects/{project_id}/drawings")
@Produces(MediaType.APPLICATION_JSON)
public class DrawingResource {
  private static final BodySchema DRAWING =
      BodySchema.resource(DrawingResource.class, "drawing.schema.json");
  private static final JsonObject DEFAULTS =
      Json.createObjectBuilder()
          .add("svg", "<svg></svg>")
          .add("x", 0)
          .add("y", 0)
          .add("z", 2)
          .add("rotation", 0)
          .add("locked", false)
          .build();

  @Inject private Projects projects;
  @Inject private ProjectSaver saver;

  @PathParam("project_id")
  private String projectId;

  private Project project() {
    return projects.get(projectId).requireOpen();
  }

  private static JsonObject find(Project project, String drawingId) {
    return project
        .drawings()
        .find(drawingId)
        .orElseThrow(() -> LabException.notFound("Drawing ID " + drawingId + " doesn't exist"));
  }

  private static JsonObject describe(Project project, JsonObject drawing) {
    return Json.createObjectBuilder(drawing).add("project_id", project.id()).build();
  }

  @GET
  public JsonArray list() {
    Project project = projects.get(projectId);
    if (!project.isOpen()) {
      return project.stored("drawings").asJsonArray();
    }
    JsonArrayBuilder all = Json.createArrayBuilder();
    project.drawings().values().forEach(drawing -> all.add(describe(project, drawing)));
    return all.build();
  }

  @POST
  public Response create(@Context ContainerRequestContext request) {
    JsonObject body = RequestBody.read(request, DRAWING);
    Project project = project();
    String drawingId =
        body.get("drawing_id") instanceof JsonString given
            ? given.getString()
            : UUID.randomUUID().toString();
    JsonObject drawing = with(DEFAULTS, body, drawingId);
    Optional<JsonObject> known = project.drawings().putIfAbsent(drawingId, drawing);
    if (known.isEmpty()) {
      tell(project, "drawing.created", drawing);
    }
    return Response.status(201).entity(describe(project, known.orElse(drawing))).build();
  }

  private static JsonObject with(JsonObject before, JsonObject body, String drawingId) {
    JsonObjectBuilder drawing = Json.createObjectBuilder(before);
    body.forEach(drawing::add);
    return drawing.remove("project_id").add("drawing_id", drawingId).build();
  }

  @GET
  @Path("{drawing_id}")
  public JsonObject get(@PathParam("drawing_id") String drawingId) {
    Project project = project();
    return describe(project, find(project, drawingId));
  }

  @PUT
  @Path("{drawing_id}")
  public Response update(
      @PathParam("drawing_id") String drawingId, @Context ContainerRequestContext request) {
    JsonObject body = RequestBody.read(request, DRAWING);
    Project project = project();
    JsonObject changed =
        project.exclusively(
            () -> {
              JsonObject before = find(project, drawingId);
              JsonObject after = with(before, body, drawingId);
              if (!after.equals(before)) {
                project.drawings().put(drawingId, after);
                tell(project, "drawing.updated", news(before, after));
              }
              return after;
            });
    return Response.status(201).entity(describe(project, changed)).build();
  }

  /** Pictures may be large; they are told only when they changed. */
  private static JsonObject news(JsonObject before, JsonObject after) {
    return after.get("svg").equals(before.get("svg"))
        ? Json.createObjectBuilder(after).remove("svg").build()
        : after;
  }

  @DELETE
  @Path("{drawing_id}")
  public Response delete(@PathParam("drawing_id") String drawingId) {
    Project project = project();
    project.exclusively(
        () -> {
          JsonObject drawing = find(project, drawingId);
          if (drawing.getBoolean("locked", false)) {
            throw LabException.conflict(
                "Drawing ID " + drawingId + " cannot be deleted because it is locked");
          }
          project.drawings().remove(drawingId);
          tell(project, "drawing.deleted", drawing);
          return null;
        });
    return Response.noContent().build();
  }

  private void tell(Project project, String action, JsonObject drawing) {
    project.feed().publish(action, describe(project, drawing));
    saver.changed(project);
  }
}
