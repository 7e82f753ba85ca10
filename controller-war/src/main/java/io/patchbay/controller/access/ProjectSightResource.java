package io.patchbay.controller.access;

import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.server.access.Right;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.http.Blocking;
import io.patchbay.spi.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Of all projects that the caller sees, what a list shows beside what API v2 has. */
@Dependent
@Path("patchbay/projects")
@Produces(MediaType.APPLICATION_JSON)
public class ProjectSightResource {
  @Inject private Projects projects;
  @Inject private Sharing sharing;
  @Context private SecurityContext security;

  @GET
  public CompletionStage<JsonArray> list() {
    Optional<Caller> caller = Caller.of(security.getUserPrincipal());
    return Blocking.call(
        () -> {
          JsonArrayBuilder all = Json.createArrayBuilder();
          for (Project project : projects.all()) {
            sharing
                .right(caller, project.id())
                .ifPresent(right -> all.add(describe(project, right)));
          }
          return all.build();
        });
  }

  private JsonObjectBuilder describe(Project project, Right right) {
    JsonObjectBuilder seen =
        Json.createObjectBuilder().add("project_id", project.id()).add("right", right.wireName());
    sharing
        .of(project.id())
        .owner()
        .ifPresentOrElse(owner -> seen.add("owner", owner), () -> seen.addNull("owner"));
    changedAt(project)
        .ifPresentOrElse(
            time -> seen.add("changed_at", time.toString()), () -> seen.addNull("changed_at"));
    return seen;
  }

  /** When its file was last written: within a second of a change. */
  private static Optional<Instant> changedAt(Project project) {
    try {
      return Optional.of(Files.getLastModifiedTime(project.path()).toInstant());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
