package io.patchbay.controller.drawing;

import io.patchbay.controller.journal.Part;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectSaver;
import io.patchbay.controller.project.Projects;
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
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Drawings of a project. They concern no compute; a large picture is written to the disk. */
@Dependent
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

  private static Drawing find(Project project, String drawingId) {
    return project
        .drawings()
        .find(drawingId)
        .orElseThrow(() -> LabException.notFound("Drawing ID " + drawingId + " doesn't exist"));
  }

  @GET
  public JsonArray list() {
    Project project = projects.get(projectId);
    if (!project.isOpen()) {
      return project.stored("drawings").asJsonArray();
    }
    JsonArrayBuilder all = Json.createArrayBuilder();
    project.drawings().values().forEach(drawing -> all.add(drawing.describe(project.id())));
    return all.build();
  }

  @POST
  public CompletionStage<Response> create(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, DRAWING);
    Project project = project();
    return Blocking.call(
        () -> Response.status(201).entity(create(project, body).describe(project.id())).build());
  }

  private Drawing create(Project project, JsonObject body) {
    String drawingId =
        body.get("drawing_id") instanceof JsonString given
            ? given.getString()
            : UUID.randomUUID().toString();
    Optional<Drawing> there = project.drawings().find(drawingId);
    if (there.isPresent()) {
      return there.get();
    }
    saver.admit(project, body);
    Drawing drawing = pictures(project).store(with(DEFAULTS, body, drawingId));
    Optional<Drawing> known = project.drawings().putIfAbsent(drawingId, drawing);
    if (known.isEmpty()) {
      project.feed().publish("drawing.created", drawing.describe(project.id()));
      saver.changed(project, Part.DRAWINGS, drawingId);
    }
    return known.orElse(drawing);
  }

  private static Pictures pictures(Project project) {
    return new Pictures(project.directory());
  }

  private static JsonObject with(JsonObject before, JsonObject body, String drawingId) {
    JsonObjectBuilder drawing = Json.createObjectBuilder(before);
    body.forEach(drawing::add);
    if (body.getString("svg", "none").isEmpty()) {
      drawing.add("svg", DEFAULTS.get("svg"));
    }
    return drawing.remove("project_id").add("drawing_id", drawingId).build();
  }

  @GET
  @Path("{drawing_id}")
  public JsonObject get(@PathParam("drawing_id") String drawingId) {
    Project project = project();
    return find(project, drawingId).describe(project.id());
  }

  @PUT
  @Path("{drawing_id}")
  public CompletionStage<Response> update(
      @PathParam("drawing_id") String drawingId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, DRAWING);
    Project project = project();
    return Blocking.call(
        () ->
            Response.status(201)
                .entity(update(project, drawingId, body).describe(project.id()))
                .build());
  }

  private Drawing update(Project project, String drawingId, JsonObject body) {
    saver.admit(project, body);
    return project.exclusively(
        () -> {
          Drawing before = find(project, drawingId);
          boolean drawn = body.containsKey("svg") && !body.getString("svg").equals(before.svg());
          JsonObject stored = with(before.stored(), body, drawingId);
          Drawing after =
              drawn
                  ? pictures(project).store(stored)
                  : new Drawing(svg(stored, before.stored().get("svg")), before.svg());
          project.drawings().put(drawingId, after);
          // Clients of API v2 are told of each request, also if it changed nothing.
          project.feed().publish("drawing.updated", news(project, drawn, after));
          if (!after.equals(before)) {
            saver.changed(project, Part.DRAWINGS, drawingId);
          }
          return after;
        });
  }

  private static JsonObject svg(JsonObject drawing, JsonValue svg) {
    return Json.createObjectBuilder(drawing).add("svg", svg).build();
  }

  /** Pictures may be large; they are told only when they changed. */
  private static JsonObject news(Project project, boolean drawn, Drawing drawing) {
    JsonObject all = drawing.describe(project.id());
    return drawn ? all : Json.createObjectBuilder(all).remove("svg").build();
  }

  @DELETE
  @Path("{drawing_id}")
  public Response delete(@PathParam("drawing_id") String drawingId) {
    Project project = project();
    saver.admitRemovals(project, 1);
    project.exclusively(
        () -> {
          Drawing drawing = find(project, drawingId);
          if (drawing.isLocked()) {
            throw LabException.conflict(
                "Drawing ID " + drawingId + " cannot be deleted because it is locked");
          }
          project.drawings().remove(drawingId);
          project.feed().publish("drawing.deleted", drawing.describe(project.id()));
          saver.removed(project, Part.DRAWINGS, drawingId);
          return null;
        });
    return Response.noContent().build();
  }
}
