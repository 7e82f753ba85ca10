package io.patchbay.controller.node;

import io.patchbay.controller.limit.DiskQuota;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.server.task.Tasks;
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
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Nodes of a project, one by one and all at once. */
@Dependent
@Path("projects/{project_id}/nodes")
@Produces(MediaType.APPLICATION_JSON)
public class NodeResource {
  private static final BodySchema CREATE =
      BodySchema.resource(NodeResource.class, "create.schema.json");
  private static final BodySchema UPDATE =
      BodySchema.resource(NodeResource.class, "update.schema.json");
  private static final BodySchema DUPLICATE =
      BodySchema.resource(NodeResource.class, "duplicate.schema.json");

  @Inject private Projects projects;
  @Inject private Nodes nodes;
  @Inject private NodeActions actions;
  @Inject private DiskQuota disk;

  @PathParam("project_id")
  private String projectId;

  private Project project() {
    return projects.get(projectId).requireOpen();
  }

  private Node node(String nodeId) {
    return project().node(nodeId);
  }

  /** Of an open project {@link NodeReads} answers. */
  @GET
  public String list() {
    Project project = projects.get(projectId);
    return project.isOpen() ? NodeReads.all(project) : project.stored("nodes").toString();
  }

  @POST
  public CompletionStage<Response> create(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, CREATE);
    nodes.requireCompute(body);
    Project project = project();
    return Blocking.call(
        () -> Response.status(201).entity(nodes.create(project, body).describe()).build());
  }

  @POST
  @Path("start")
  public CompletionStage<Response> startAll() {
    return all(actions::start);
  }

  @POST
  @Path("stop")
  public CompletionStage<Response> stopAll() {
    return all(actions::stop);
  }

  @POST
  @Path("suspend")
  public CompletionStage<Response> suspendAll() {
    return all(actions::suspend);
  }

  @POST
  @Path("reload")
  public CompletionStage<Response> reloadAll() {
    Project project = project();
    return Blocking.call(
        () -> {
          List<Node> all = List.copyOf(project.nodes());
          Tasks.forEach(all, node -> actions.stop(project, node));
          Tasks.forEach(all, node -> actions.start(project, node));
          return Response.noContent().build();
        });
  }

  @POST
  @Path("console/reset")
  public CompletionStage<Response> resetAllConsoles() {
    Project project = project();
    return Blocking.call(
        () -> {
          Tasks.forEach(List.copyOf(project.nodes()), actions::resetConsole);
          return Response.noContent().build();
        });
  }

  private CompletionStage<Response> all(BiConsumer<Project, Node> action) {
    Project project = project();
    return Blocking.call(
        () -> {
          Tasks.forEach(List.copyOf(project.nodes()), node -> action.accept(project, node));
          return Response.noContent().build();
        });
  }

  @GET
  @Path("{node_id}")
  public String get(@PathParam("node_id") String nodeId) {
    return node(nodeId).text();
  }

  @PUT
  @Path("{node_id}")
  public CompletionStage<JsonObject> update(
      @PathParam("node_id") String nodeId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, UPDATE);
    Node node = node(nodeId);
    return one(node, (project, changing) -> nodes.update(project, changing, body));
  }

  @DELETE
  @Path("{node_id}")
  public CompletionStage<Response> delete(@PathParam("node_id") String nodeId) {
    Project project = project();
    Node node = node(nodeId);
    return Blocking.call(
        () -> {
          nodes.delete(project, node);
          return Response.noContent().build();
        });
  }

  @POST
  @Path("{node_id}/duplicate")
  public CompletionStage<Response> duplicate(
      @PathParam("node_id") String nodeId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, DUPLICATE);
    Project project = project();
    Node node = node(nodeId);
    return Blocking.call(
        () -> {
          disk.requireRoom(projectId, 0);
          return Response.status(201)
              .entity(nodes.duplicate(project, node, body).describe())
              .build();
        });
  }

  @POST
  @Path("{node_id}/start")
  public CompletionStage<JsonObject> start(
      @PathParam("node_id") String nodeId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request);
    return one(node(nodeId), (project, node) -> actions.start(project, node, body));
  }

  @POST
  @Path("{node_id}/stop")
  public CompletionStage<JsonObject> stop(@PathParam("node_id") String nodeId) {
    return one(node(nodeId), actions::stop);
  }

  @POST
  @Path("{node_id}/suspend")
  public CompletionStage<JsonObject> suspend(@PathParam("node_id") String nodeId) {
    return one(node(nodeId), actions::suspend);
  }

  @POST
  @Path("{node_id}/reload")
  public CompletionStage<JsonObject> reload(@PathParam("node_id") String nodeId) {
    return one(node(nodeId), actions::reload);
  }

  private CompletionStage<JsonObject> one(Node node, BiConsumer<Project, Node> action) {
    Project project = project();
    return Blocking.call(
        () -> {
          action.accept(project, node);
          return node.describe();
        });
  }

  @POST
  @Path("{node_id}/console/reset")
  public CompletionStage<Response> resetConsole(@PathParam("node_id") String nodeId) {
    Node node = node(nodeId);
    return Blocking.call(
        () -> {
          actions.resetConsole(node);
          return Response.noContent().build();
        });
  }

  @GET
  @Path("{node_id}/links")
  public JsonArray links(@PathParam("node_id") String nodeId) {
    Project project = project();
    JsonArrayBuilder all = Json.createArrayBuilder();
    project.linksOf(project.node(nodeId).id()).forEach(link -> all.add(link.describe()));
    return all.build();
  }
}
