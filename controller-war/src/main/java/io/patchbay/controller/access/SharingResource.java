package io.patchbay.controller.access;

import io.patchbay.controller.notification.Feeds;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.access.Right;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Whose projects are, and with whom they are shared. */
@Dependent
@Path("projects/{project_id}/access")
@Produces(MediaType.APPLICATION_JSON)
public class SharingResource {
  private static final BodySchema CHANGE =
      BodySchema.resource(SharingResource.class, "access.schema.json");

  @Inject private Projects projects;
  @Inject private Sharing sharing;
  @Inject private Feeds feeds;
  @Context private SecurityContext security;

  private Optional<Caller> caller() {
    return Caller.of(security.getUserPrincipal());
  }

  @GET
  public JsonObject get(@PathParam("project_id") String projectId) {
    Project project = projects.get(projectId);
    return describe(project, caller());
  }

  private JsonObject describe(Project project, Optional<Caller> caller) {
    String right = sharing.right(caller, project.id()).map(Right::wireName).orElse("");
    return Json.createObjectBuilder(sharing.of(project.id()).json()).add("right", right).build();
  }

  /** Replaces what of {@code users}, {@code groups} and {@code owner} the body has. */
  @PUT
  public CompletionStage<JsonObject> change(
      @PathParam("project_id") String projectId, @Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, CHANGE);
    Project project = projects.get(projectId);
    Optional<Caller> caller = caller();
    boolean administrator = caller.map(known -> known.role() == Role.ADMINISTRATOR).orElse(true);
    if (body.containsKey(Grants.OWNER) && !administrator) {
      throw LabException.forbidden("Only an administrator can give a project to somebody else.");
    }
    return Blocking.call(
        () -> {
          sharing.change(
              projectId,
              before ->
                  Grants.of(
                      Json.createObjectBuilder(before.json())
                          .addAll(Json.createObjectBuilder(body))
                          .build()));
          // Clients of those who see it from now on have it in their lists.
          feeds.controller().publish("project.updated", project.describe());
          return describe(project, caller);
        });
  }
}
