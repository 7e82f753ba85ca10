package io.patchbay.controller.node;

import io.patchbay.controller.limit.DiskQuota;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.LabException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
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
import java.util.Arrays;
import java.util.concurrent.CompletionStage;

/** What users do with a node besides running it: its files, its isolation, a router's idle-PC. */
@Dependent
@Path("projects/{project_id}/nodes")
@Produces(MediaType.APPLICATION_JSON)
public class NodeToolResource {
  @Inject private Projects projects;
  @Inject private Nodes nodes;
  @Inject private DiskQuota disk;

  @PathParam("project_id")
  private String projectId;

  private Node node(String nodeId) {
    return projects.get(projectId).requireOpen().node(nodeId);
  }

  @POST
  @Path("{node_id}/isolate")
  public CompletionStage<Response> isolate(@PathParam("node_id") String nodeId) {
    return isolate(nodeId, true);
  }

  @POST
  @Path("{node_id}/unisolate")
  public CompletionStage<Response> unisolate(@PathParam("node_id") String nodeId) {
    return isolate(nodeId, false);
  }

  private CompletionStage<Response> isolate(String nodeId, boolean isolated) {
    Node node = node(nodeId);
    Project project = projects.get(projectId);
    return Blocking.call(
        () -> {
          nodes.isolate(project, node, isolated);
          return Response.noContent().build();
        });
  }

  @GET
  @Path("{node_id}/dynamips/auto_idlepc")
  public CompletionStage<JsonValue> autoIdlePc(@PathParam("node_id") String nodeId) {
    return ask(nodeId, "/auto_idlepc");
  }

  @GET
  @Path("{node_id}/dynamips/idlepc_proposals")
  public CompletionStage<JsonValue> idlePcProposals(@PathParam("node_id") String nodeId) {
    return ask(nodeId, "/idlepc_proposals");
  }

  /** Computes of other kinds have no such route and say so. */
  private CompletionStage<JsonValue> ask(String nodeId, String question) {
    Node node = node(nodeId);
    return Blocking.call(() -> node.compute().client().getSlowly(node.path() + question));
  }

  @POST
  @Path("{node_id}/resize_disk")
  public CompletionStage<Response> resizeDisk(
      @PathParam("node_id") String nodeId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request);
    Node node = node(nodeId);
    return Blocking.call(
        () -> {
          node.compute().client().postSlowly(node.path() + "/resize_disk", body);
          return Response.status(201).build();
        });
  }

  @GET
  @Path("{node_id}/console/log")
  public CompletionStage<Response> consoleLog(@PathParam("node_id") String nodeId) {
    Node node = node(nodeId);
    return Blocking.call(
        () ->
            Response.ok(node.compute().client().stream(node.path() + "/console/log"))
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                .build());
  }

  @GET
  @Path("{node_id}/files/{path:.+}")
  public CompletionStage<Response> file(
      @PathParam("node_id") String nodeId, @PathParam("path") String path) {
    Node node = node(nodeId);
    requireInside(path);
    return Blocking.call(
        () ->
            Response.ok(node.compute().client().download(node.filePath(path)))
                .type(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .build());
  }

  @POST
  @Path("{node_id}/files/{path:.+}")
  public CompletionStage<Response> writeFile(
      @PathParam("node_id") String nodeId,
      @PathParam("path") String path,
      @Context HttpHeaders headers,
      InputStream content) {
    Node node = node(nodeId);
    requireInside(path);
    int length = headers.getLength();
    return Blocking.call(
        () -> {
          disk.requireRoom(projectId, Math.max(0, length));
          node.compute().client().upload(node.filePath(path), disk.incoming(projectId, content));
          return Response.status(201).build();
        });
  }

  /** A file of a node is nowhere but in the node's own directory, and not hidden. */
  private static void requireInside(String path) {
    String[] steps = path.replace('\\', '/').split("/", -1);
    if (steps[0].startsWith(".") || Arrays.asList(steps).contains("..")) {
      throw LabException.forbidden("The path " + path + " is not inside the node's directory");
    }
  }
}
