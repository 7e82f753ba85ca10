package io.patchbay.controller.link;

import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.http.Blocking;
import io.patchbay.spi.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** What passes the links of a project; API v2 has no such route. */
@Dependent
@Path("projects/{project_id}/traffic")
@Produces(MediaType.APPLICATION_JSON)
public class TrafficResource {
  @Inject private Projects projects;

  /** With the time of the counting in milliseconds, so that two answers tell how fast it is. */
  @GET
  public CompletionStage<JsonObject> get(@PathParam("project_id") String projectId) {
    Project project = projects.get(projectId).requireOpen();
    return Blocking.call(
        () ->
            Json.createObjectBuilder()
                .add("links", new LinkTraffic(project).read())
                .add("time", System.nanoTime() / 1_000_000)
                .build());
  }
}
