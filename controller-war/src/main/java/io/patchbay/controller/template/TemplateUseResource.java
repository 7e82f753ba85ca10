package io.patchbay.controller.template;

import io.patchbay.controller.node.Nodes;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.LabException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Nodes made from templates. */
@Dependent
@Path("projects/{project_id}/templates")
@Produces(MediaType.APPLICATION_JSON)
public class TemplateUseResource {
  private static final BodySchema USE =
      BodySchema.resource(TemplateUseResource.class, "use.schema.json");

  @Inject private Projects projects;
  @Inject private Templates templates;
  @Inject private Nodes nodes;

  @POST
  @Path("{template_id}")
  public CompletionStage<Response> create(
      @PathParam("project_id") String projectId,
      @PathParam("template_id") String templateId,
      @Context HttpServletRequest request) {
    JsonObject use = RequestBody.read(request, USE);
    Project project = projects.get(projectId).requireOpen();
    JsonObject template = templates.get(templateId);
    String compute = TemplateUse.compute(template, use);
    if (compute.isEmpty()) {
      throw LabException.notFound(
          "The template names no compute and neither does the request: not found");
    }
    JsonObject node = TemplateUse.node(template, use, compute);
    nodes.requireCompute(node);
    return Blocking.call(
        () -> Response.status(201).entity(nodes.create(project, node).describe()).build());
  }
}
