package io.patchbay.compute.node;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.compute.lab.ComputeProject;
import io.patchbay.compute.lab.LinkEnds;
import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.Json;
import io.patchbay.spi.LinkSettings;
import io.patchbay.spi.PortAddress;
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
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Links between nodes of this compute, with both ends and their UDP ports by one request, and many
 * at once; API v2 has no such route.
 */
@Dependent
@Path("patchbay/projects/{project_id}/links")
@Produces(MediaType.APPLICATION_JSON)
public class LinksResource {
  private static final BodySchema SCHEMA =
      BodySchema.resource(LinksResource.class, "links.schema.json");

  @Inject private ComputeLab lab;

  @POST
  public CompletionStage<JsonArray> create(
      @PathParam("project_id") String projectId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, SCHEMA);
    ComputeProject project = lab.project(projectId);
    return Batch.run(
        body.getJsonArray("links").getValuesAs(JsonObject.class), link -> create(project, link));
  }

  private static JsonObject create(ComputeProject project, JsonObject link) {
    List<JsonObject> ends = link.getJsonArray("nodes").getValuesAs(JsonObject.class);
    LinkEnds.Nios nios =
        new LinkEnds(end(project, ends.getFirst()), end(project, ends.getLast())).join(project);
    return Json.createObjectBuilder()
        .add("nios", Json.createArrayBuilder().add(nios.near().toJson()).add(nios.far().toJson()))
        .build();
  }

  private static LinkEnds.End end(ComputeProject project, JsonObject end) {
    return new LinkEnds.End(
        project.node(end.getString("node_id")),
        new PortAddress(end.getInt("adapter_number"), end.getInt("port_number")),
        LinkSettings.of(end));
  }
}
