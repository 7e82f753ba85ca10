package io.patchbay.compute.node;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.compute.lab.ComputeProject;
import io.patchbay.compute.lab.Connector;
import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.ConsoleLogged;
import io.patchbay.spi.ConsoleSource;
import io.patchbay.spi.DiskOwner;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.IdlePcSource;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Licensed;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.Suspendable;
import io.patchbay.spi.Tracer;
import io.patchbay.spi.VmnetSource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
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
import java.util.function.Consumer;

/** Nodes of every kind; what differs between kinds is said by their NodeKind. */
@Dependent
@Path("projects/{project_id}/{node_type:(?!files$)[a-z_]+}/nodes")
@Produces(MediaType.APPLICATION_JSON)
public class NodeResource {
  private static final BodySchema DUPLICATE =
      BodySchema.resource(NodeResource.class, "duplicate.schema.json");

  private static final BodySchema RESIZE =
      BodySchema.resource(NodeResource.class, "resize.schema.json");

  private static final BodySchema TRACE =
      BodySchema.resource(NodeResource.class, "trace.schema.json");

  @Inject private ComputeLab lab;

  @PathParam("project_id")
  private String projectId;

  @PathParam("node_type")
  private String kind;

  @POST
  public CompletionStage<Response> create(@Context HttpServletRequest request) {
    Connector connector = connector();
    JsonObject body = RequestBody.read(request, connector.createSchema());
    ComputeProject project = lab.project(projectId);
    return Blocking.call(
        () -> Response.status(201).entity(project.create(connector, body).describe()).build());
  }

  private Connector connector() {
    return lab.connector(kind).orElseThrow(NotFoundException::new);
  }

  @GET
  @Path("{node_id}")
  public CompletionStage<JsonObject> get(@PathParam("node_id") String nodeId) {
    EmulatedNode node = node(nodeId);
    return Blocking.call(node::describe);
  }

  private EmulatedNode node(String nodeId) {
    connector();
    return lab.project(projectId).node(kind, nodeId);
  }

  @PUT
  @Path("{node_id}")
  public CompletionStage<JsonObject> update(
      @PathParam("node_id") String nodeId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, connector().updateSchema());
    EmulatedNode node = node(nodeId);
    return Blocking.call(
        () -> {
          node.update(body);
          return node.describe();
        });
  }

  @DELETE
  @Path("{node_id}")
  public CompletionStage<Response> delete(@PathParam("node_id") String nodeId) {
    EmulatedNode node = node(nodeId);
    ComputeProject project = lab.project(projectId);
    return Blocking.call(
        () -> {
          project.delete(node);
          return Response.noContent().build();
        });
  }

  @POST
  @Path("{node_id}/duplicate")
  public CompletionStage<Response> duplicate(
      @PathParam("node_id") String nodeId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, DUPLICATE);
    EmulatedNode source = node(nodeId);
    EmulatedNode destination = lab.project(projectId).node(body.getString("destination_node_id"));
    return Blocking.call(
        () -> {
          source.copyFilesTo(destination);
          return Response.status(201).entity(destination.describe()).build();
        });
  }

  @POST
  @Path("{node_id}/start")
  public CompletionStage<Response> start(
      @PathParam("node_id") String nodeId, @Context HttpServletRequest request) {
    EmulatedNode node = node(nodeId);
    Runnable preparation = preparation(request, node);
    return Blocking.call(
        () -> {
          preparation.run();
          node.start();
          return node.kind().has(Trait.START_ANSWERS_NODE)
              ? Response.ok(node.describe()).build()
              : Response.noContent().build();
        });
  }

  /** What a start says to its node. */
  private static Runnable preparation(HttpServletRequest request, EmulatedNode node) {
    return switch (node) {
      case Licensed licensed -> LicenceBody.read(request, licensed);
      case Tracer tracer -> {
        String destination = RequestBody.read(request, TRACE).getString("destination", "");
        yield () -> tracer.traceTo(destination);
      }
      default -> {
        RequestBody.requireJson(request);
        yield () -> {};
      }
    };
  }

  @POST
  @Path("{node_id}/stop")
  public CompletionStage<Response> stop(@PathParam("node_id") String nodeId) {
    return done(node(nodeId), EmulatedNode::stop);
  }

  @POST
  @Path("{node_id}/suspend")
  public CompletionStage<Response> suspend(@PathParam("node_id") String nodeId) {
    return done(node(nodeId), EmulatedNode::suspend);
  }

  @POST
  @Path("{node_id}/resume")
  public CompletionStage<Response> resume(@PathParam("node_id") String nodeId) {
    require(Trait.SUSPENDABLE);
    EmulatedNode node = node(nodeId);
    return done(node, each -> ((Suspendable) each).resume());
  }

  @POST
  @Path("{node_id}/resize_disk")
  public CompletionStage<Response> resizeDisk(
      @PathParam("node_id") String nodeId, @Context HttpServletRequest request) {
    require(Trait.DISKS);
    JsonObject body = RequestBody.read(request, RESIZE);
    DiskOwner node = (DiskOwner) node(nodeId);
    return Blocking.call(
        () -> {
          node.extendDisk(body.getString("drive_name"), body.getInt("extend"));
          return Response.status(201).build();
        });
  }

  @POST
  @Path("{node_id}/reload")
  public CompletionStage<Response> reload(@PathParam("node_id") String nodeId) {
    require(Trait.RELOADABLE);
    return done(node(nodeId), EmulatedNode::reload);
  }

  @POST
  @Path("{node_id}/console/reset")
  public CompletionStage<Response> resetConsole(@PathParam("node_id") String nodeId) {
    require(Trait.CONSOLE);
    if (!(node(nodeId) instanceof ConsoleSource console)) {
      throw LabException.conflict("Node ID " + nodeId + " has no console");
    }
    return Blocking.call(
        () -> {
          console.resetConsole();
          return Response.noContent().build();
        });
  }

  @GET
  @Path("{node_id}/console/log")
  public CompletionStage<Response> consoleLog(@PathParam("node_id") String nodeId) {
    require(Trait.CONSOLE);
    if (!(node(nodeId) instanceof ConsoleLogged logged)) {
      throw LabException.conflict("The console of node ID " + nodeId + " is not recorded");
    }
    return Blocking.call(
        () ->
            Response.ok(logged.readConsoleLog())
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                .build());
  }

  @GET
  @Path("{node_id}/idlepc_proposals")
  public CompletionStage<List<String>> idlePcProposals(@PathParam("node_id") String nodeId) {
    IdlePcSource router = router(nodeId);
    return Blocking.call(router::idlePcProposals);
  }

  @GET
  @Path("{node_id}/auto_idlepc")
  public CompletionStage<JsonObject> autoIdlePc(@PathParam("node_id") String nodeId) {
    IdlePcSource router = router(nodeId);
    return Blocking.call(
        () -> Json.createObjectBuilder().add("idlepc", router.findIdlePc()).build());
  }

  private IdlePcSource router(String nodeId) {
    require(Trait.IDLE_PC);
    return (IdlePcSource) node(nodeId);
  }

  @POST
  @Path("{node_id}/interfaces/vmnet")
  public CompletionStage<Response> reserveVmnet(@PathParam("node_id") String nodeId) {
    require(Trait.VMNETS);
    VmnetSource node = (VmnetSource) node(nodeId);
    return Blocking.call(
        () ->
            Response.status(201)
                .entity(Json.createObjectBuilder().add("vmnet", node.reserveVmnet()).build())
                .build());
  }

  /** Routes that a kind does not have are unknown, whatever the node. */
  private void require(Trait trait) {
    if (!connector().kind().has(trait)) {
      throw new NotFoundException();
    }
  }

  private static CompletionStage<Response> done(EmulatedNode node, Consumer<EmulatedNode> action) {
    return Blocking.call(
        () -> {
          action.accept(node);
          return Response.noContent().build();
        });
  }
}
