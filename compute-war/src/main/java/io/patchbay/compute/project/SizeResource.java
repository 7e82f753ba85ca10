package io.patchbay.compute.project;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.server.http.Blocking;
import io.patchbay.spi.Json;
import io.patchbay.spi.file.DirectorySize;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** How much disk a project takes here; API v2 has no such route. */
@Dependent
@Path("patchbay/projects/{project_id}/size")
@Produces(MediaType.APPLICATION_JSON)
public class SizeResource {
  @Inject private ComputeLab lab;

  @GET
  public CompletionStage<JsonObject> get(@PathParam("project_id") String projectId) {
    java.nio.file.Path directory = lab.project(projectId).files().directory();
    return Blocking.call(
        () -> Json.createObjectBuilder().add("bytes", DirectorySize.of(directory)).build());
  }
}
