package io.patchbay.controller.snapshot;

import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Snapshots of a project. */
@Dependent
@Path("projects/{project_id}/snapshots")
@Produces(MediaType.APPLICATION_JSON)
public class SnapshotResource {
  private static final BodySchema CREATE =
      BodySchema.resource(SnapshotResource.class, "create.schema.json");

  @Inject private Projects projects;
  @Inject private Snapshots snapshots;
  @Inject private Restoration restoration;

  @PathParam("project_id")
  private String projectId;

  @GET
  public CompletionStage<JsonArray> list() {
    Project project = projects.get(projectId);
    return Blocking.call(
        () -> {
          JsonArrayBuilder all = Json.createArrayBuilder();
          project.snapshots().all().forEach(one -> all.add(one.describe(project.id())));
          return all.build();
        });
  }

  @POST
  public CompletionStage<Response> create(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, CREATE);
    Project project = projects.get(projectId).requireOpen();
    return Blocking.call(
        () ->
            Response.status(Response.Status.CREATED)
                .entity(snapshots.create(project, body.getString("name")).describe(project.id()))
                .build());
  }

  @DELETE
  @Path("{snapshot_id}")
  public CompletionStage<Response> delete(@PathParam("snapshot_id") String snapshotId) {
    Project project = projects.get(projectId).requireOpen();
    return Blocking.call(
        () -> {
          snapshots.delete(project, snapshotId);
          return Response.noContent().build();
        });
  }

  @POST
  @Path("{snapshot_id}/restore")
  public CompletionStage<Response> restore(@PathParam("snapshot_id") String snapshotId) {
    Project project = projects.get(projectId).requireOpen();
    return Blocking.call(
        () -> {
          restoration.restore(project, snapshotId);
          return Response.status(Response.Status.CREATED).entity(project.describe()).build();
        });
  }
}
