package io.patchbay.compute.project;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.compute.lab.ComputeProject;
import io.patchbay.compute.lab.ProjectFiles;
import io.patchbay.server.http.Blocking;
import io.patchbay.server.http.FileTypes;
import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
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
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Projects of this compute and their files. */
@Dependent
@Path("projects")
@Produces(MediaType.APPLICATION_JSON)
public class ProjectResource {
  private static final BodySchema CREATE =
      BodySchema.resource(ProjectResource.class, "create.schema.json");
  private static final BodySchema UPDATE =
      BodySchema.resource(ProjectResource.class, "update.schema.json");

  @Inject private ComputeLab lab;

  @GET
  public JsonArray list() {
    JsonArrayBuilder projects = Json.createArrayBuilder();
    lab.projects().forEach(project -> projects.add(project.describe()));
    return projects.build();
  }

  @POST
  public CompletionStage<Response> create(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, CREATE);
    return Blocking.call(
        () -> {
          ComputeProject project =
              lab.open(
                  text(body, "project_id").map(UUID::fromString).orElseGet(UUID::randomUUID),
                  text(body, "name"),
                  text(body, "path").map(path -> java.nio.file.Path.of(path).toAbsolutePath()),
                  variables(body));
          return Response.status(201).entity(project.describe()).build();
        });
  }

  private static Optional<String> text(JsonObject body, String field) {
    return body.get(field) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  private static Optional<JsonArray> variables(JsonObject body) {
    return body.get("variables") instanceof JsonArray variables
        ? Optional.of(variables)
        : Optional.empty();
  }

  @GET
  @Path("{project_id}")
  public JsonObject get(@PathParam("project_id") String projectId) {
    return lab.project(projectId).describe();
  }

  @PUT
  @Path("{project_id}")
  public JsonObject update(
      @PathParam("project_id") String projectId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, UPDATE);
    ComputeProject project = lab.project(projectId);
    project.variables(variables(body));
    return project.describe();
  }

  @POST
  @Path("{project_id}/close")
  public CompletionStage<Response> close(@PathParam("project_id") String projectId) {
    ComputeProject project = lab.project(projectId);
    return Blocking.call(
        () -> {
          lab.close(project);
          return Response.noContent().build();
        });
  }

  @DELETE
  @Path("{project_id}")
  public CompletionStage<Response> delete(@PathParam("project_id") String projectId) {
    ComputeProject project = lab.project(projectId);
    return Blocking.call(
        () -> {
          lab.delete(project);
          return Response.noContent().build();
        });
  }

  @POST
  @Path("{project_id}/ports/udp")
  public Response reserveUdpPort(@PathParam("project_id") String projectId) {
    int port = lab.project(projectId).reserveUdpPort();
    return Response.status(201)
        .entity(Json.createObjectBuilder().add("udp_port", port).build())
        .build();
  }

  @GET
  @Path("{project_id}/files")
  public CompletionStage<List<ProjectFiles.Sum>> files(@PathParam("project_id") String projectId) {
    ComputeProject project = lab.project(projectId);
    return Blocking.call(() -> project.files().list());
  }

  @GET
  @Path("{project_id}/files/{path:.+}")
  public Response file(@PathParam("project_id") String projectId, @PathParam("path") String path) {
    java.nio.file.Path file = lab.project(projectId).files().existing(path);
    return Response.ok(file.toFile()).type(FileTypes.of(path)).build();
  }

  @POST
  @Path("{project_id}/files/{path:.+}")
  public CompletionStage<Response> write(
      @PathParam("project_id") String projectId,
      @PathParam("path") String path,
      InputStream content) {
    ComputeProject project = lab.project(projectId);
    return Blocking.call(
        () -> {
          project.files().write(path, content);
          return Response.status(201).build();
        });
  }
}
