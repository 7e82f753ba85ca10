package io.patchbay.controller.project;

import io.patchbay.controller.access.Sharing;
import io.patchbay.server.audit.AuditTrail;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.config.Settings;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Projects. */
@Dependent
@Path("projects")
@Produces(MediaType.APPLICATION_JSON)
public class ProjectResource {
  private static final BodySchema CREATE =
      BodySchema.resource(ProjectResource.class, "create.schema.json");
  private static final BodySchema UPDATE =
      BodySchema.resource(ProjectResource.class, "update.schema.json");

  private static final BodySchema LOAD =
      BodySchema.resource(ProjectResource.class, "load.schema.json");

  @Inject private Projects projects;
  @Inject private ProjectLifecycle lifecycle;
  @Inject private Settings settings;
  @Inject private Sharing sharing;
  @Context private SecurityContext security;

  private Optional<Caller> caller() {
    return Caller.of(security.getUserPrincipal());
  }

  @GET
  public JsonArray list() {
    JsonArrayBuilder all = Json.createArrayBuilder();
    Optional<Caller> caller = caller();
    projects.all().stream()
        .filter(project -> sharing.sees(caller, project.id()))
        .forEach(project -> all.add(project.describe()));
    return all.build();
  }

  @POST
  public CompletionStage<Response> create(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, CREATE);
    Optional<Caller> creator = caller();
    AtomicReference<String> made = new AtomicReference<>();
    request.setAttribute(AuditTrail.PROJECT, made);
    return Blocking.call(
        () -> {
          Project project = projects.create(body, creator);
          made.set(project.id());
          return Response.status(201).entity(project.describe()).build();
        });
  }

  @POST
  @Path("load")
  public CompletionStage<Response> load(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, LOAD);
    Optional<Caller> loader = caller();
    return Blocking.call(
        () -> {
          if (!settings.local()) {
            // Clients expect no body here.
            return Response.status(Response.Status.FORBIDDEN).build();
          }
          Project project = projects.at(java.nio.file.Path.of(body.getString("path")), loader);
          lifecycle.open(project);
          return Response.status(201).entity(project.describe()).build();
        });
  }

  @GET
  @Path("{project_id}")
  public JsonObject get(@PathParam("project_id") String projectId) {
    return projects.get(projectId).describe();
  }

  @PUT
  @Path("{project_id}")
  public CompletionStage<JsonObject> update(
      @PathParam("project_id") String projectId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, UPDATE);
    Project project = projects.get(projectId);
    return Blocking.call(
        () -> {
          projects.update(project, body);
          return project.describe();
        });
  }

  @DELETE
  @Path("{project_id}")
  public CompletionStage<Response> delete(@PathParam("project_id") String projectId) {
    return done(projectId, projects::delete);
  }

  @POST
  @Path("{project_id}/close")
  public CompletionStage<Response> close(@PathParam("project_id") String projectId) {
    return done(projectId, lifecycle::close);
  }

  private CompletionStage<Response> done(String projectId, Consumer<Project> action) {
    Project project = projects.get(projectId);
    return Blocking.call(
        () -> {
          action.accept(project);
          return Response.noContent().build();
        });
  }

  @POST
  @Path("{project_id}/open")
  public CompletionStage<Response> open(@PathParam("project_id") String projectId) {
    Project project = projects.get(projectId);
    return Blocking.call(
        () -> {
          lifecycle.open(project);
          return Response.status(201).entity(project.describe()).build();
        });
  }

  @GET
  @Path("{project_id}/stats")
  public JsonObject stats(@PathParam("project_id") String projectId) {
    return projects.get(projectId).stats();
  }
}
