package io.patchbay.compute.node;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.compute.lab.ComputeProject;
import io.patchbay.compute.lab.Connector;
import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** Many nodes by one request, of whatever kinds; API v2 has no such route. */
@Dependent
@Path("patchbay/projects/{project_id}/nodes")
@Produces(MediaType.APPLICATION_JSON)
public class NodesResource {
  private static final BodySchema SCHEMA =
      BodySchema.resource(NodesResource.class, "nodes.schema.json");
  private static final String KIND = "node_type";

  @Inject private ComputeLab lab;

  @POST
  public CompletionStage<JsonArray> create(
      @PathParam("project_id") String projectId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, SCHEMA);
    ComputeProject project = lab.project(projectId);
    return Batch.run(
        body.getJsonArray("nodes").getValuesAs(JsonObject.class), node -> create(project, node));
  }

  private JsonObject create(ComputeProject project, JsonObject node) {
    String kind = node.getString(KIND);
    Connector connector =
        lab.connector(kind)
            .orElseThrow(() -> LabException.notFound("There are no nodes of type " + kind));
    JsonObject settings = Json.createObjectBuilder(node).remove(KIND).build();
    connector.createSchema().check(settings);
    return Json.createObjectBuilder()
        .add("node", project.create(connector, settings).describe())
        .build();
  }
}
