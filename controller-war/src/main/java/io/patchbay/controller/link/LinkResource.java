package io.patchbay.controller.link;

import io.patchbay.controller.project.Project;
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
import java.util.concurrent.CompletionStage;

/** Links of a project. */
@Dependent
@Path("projects/{project_id}/links")
@Produces(MediaType.APPLICATION_JSON)
public class LinkResource {
  private static final BodySchema LINK =
      BodySchema.resource(LinkResource.class, "link.schema.json");

  private static final BodySchema CAPTURE =
      BodySchema.resource(LinkResource.class, "capture.schema.json");

  @Inject private Projects projects;
  @Inject private Links links;
  @Inject private LinkCaptures captures;

  @PathParam("project_id")
  private String projectId;

  private Project project() {
    return projects.get(projectId).requireOpen();
  }

  @GET
  public JsonArray list() {
    Project project = projects.get(projectId);
    if (!project.isOpen()) {
      return project.stored("links").asJsonArray();
    }
    JsonArrayBuilder all = Json.createArrayBuilder();
    project.links().forEach(link -> all.add(link.describe()));
    return all.build();
  }

  @POST
  public CompletionStage<Response> create(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, LINK);
    Project project = project();
    if (!body.containsKey("nodes")) {
      throw LabException.invalid("Invalid request: a link needs its ends, in nodes");
    }
    return Blocking.call(
        () -> Response.status(201).entity(links.create(project, body).describe()).build());
  }

  @GET
  @Path("{link_id}")
  public JsonObject get(@PathParam("link_id") String linkId) {
    return project().link(linkId).describe();
  }

  @GET
  @Path("{link_id}/available_filters")
  public JsonArray availableFilters(@PathParam("link_id") String linkId) {
    Project project = project();
    return Links.availableFilters(project, project.link(linkId));
  }

  @PUT
  @Path("{link_id}")
  public CompletionStage<Response> update(
      @PathParam("link_id") String linkId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, LINK);
    Project project = project();
    Link link = project.link(linkId);
    return Blocking.call(
        () -> {
          links.update(project, link, body);
          return Response.status(201).entity(link.describe()).build();
        });
  }

  @POST
  @Path("{link_id}/start_capture")
  public CompletionStage<Response> startCapture(
      @PathParam("link_id") String linkId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, CAPTURE);
    Project project = project();
    Link link = project.link(linkId);
    return Blocking.call(
        () -> {
          captures.start(project, link, body);
          return Response.status(201).entity(link.describe()).build();
        });
  }

  @POST
  @Path("{link_id}/stop_capture")
  public CompletionStage<Response> stopCapture(@PathParam("link_id") String linkId) {
    Project project = project();
    Link link = project.link(linkId);
    return Blocking.call(
        () -> {
          captures.stop(project, link);
          return Response.status(201).entity(link.describe()).build();
        });
  }

  @DELETE
  @Path("{link_id}")
  public CompletionStage<Response> delete(@PathParam("link_id") String linkId) {
    Project project = project();
    Link link = project.link(linkId);
    return Blocking.call(
        () -> {
          links.remove(project, link);
          return Response.noContent().build();
        });
  }
}
