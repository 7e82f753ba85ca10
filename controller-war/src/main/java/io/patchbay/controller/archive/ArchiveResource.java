package io.patchbay.controller.archive;

import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.controller.zip.Compression;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.config.Settings;
import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.LabException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Projects as files that travel: export, import, and the copy beside the original. */
@Dependent
@Path("projects")
@Produces(MediaType.APPLICATION_JSON)
public class ArchiveResource {
  private static final BodySchema DUPLICATE =
      BodySchema.resource(ArchiveResource.class, "duplicate.schema.json");
  private static final String TYPE = "application/gns3project";
  private static final String NO = "no";
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  @Inject private Projects projects;
  @Inject private Exports exports;
  @Inject private Imports imports;
  @Inject private Duplication duplication;
  @Inject private Settings settings;
  @Context private SecurityContext security;

  @PathParam("project_id")
  private String projectId;

  @GET
  @Path("{project_id}/export")
  @Produces({TYPE, MediaType.APPLICATION_JSON})
  public CompletionStage<Response> export(
      @QueryParam("include_images") @DefaultValue(NO) String images,
      @QueryParam("include_snapshots") @DefaultValue(NO) String snapshots,
      @QueryParam("reset_mac_addresses") @DefaultValue(NO) String resetMacAddresses,
      @QueryParam("keep_compute_ids") @DefaultValue(NO) String keepComputeIds,
      @QueryParam("compression") @DefaultValue("zip") String compression) {
    Project project = projects.get(projectId);
    Compression method = Compression.of(compression);
    ExportOptions options =
        new ExportOptions(
            yes(images), yes(snapshots), yes(resetMacAddresses), yes(keepComputeIds), false);
    return Blocking.call(
        () -> {
          ArchivePlan plan = exports.plan(project, options);
          StreamingOutput content =
              out -> {
                try (plan) {
                  plan.write(out, method);
                }
              };
          return Response.ok(content, TYPE)
              .header(HttpHeaders.CONTENT_DISPOSITION, attachment(project.name()))
              .build();
        });
  }

  private static boolean yes(String value) {
    return value.equalsIgnoreCase("yes");
  }

  /** With a name that every header can carry, and the real one (RFC 6266) where that differs. */
  private static String attachment(String name) {
    String plain = name.replaceAll("[^\\x20-\\x7e]|[\"\\\\/]", "_");
    String header = "attachment; filename=\"" + plain + ".gns3project\"";
    if (plain.equals(name)) {
      return header;
    }
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return header + "; filename*=UTF-8''" + encoded + ".gns3project";
  }

  @POST
  @Path("{project_id}/import")
  public CompletionStage<Response> read(
      @QueryParam("name") @DefaultValue("") String name,
      @QueryParam("path") @DefaultValue("") String path,
      @QueryParam("keep_compute_ids") @DefaultValue(NO) String keepComputeIds,
      InputStream body) {
    if (!UUID.matcher(projectId).matches()) {
      throw LabException.invalid("Project ID " + projectId + " is not a UUID");
    }
    if (!path.isEmpty() && !settings.local()) {
      throw LabException.forbidden("The path is not allowed");
    }
    Imports.Wish wish =
        new Imports.Wish(
            projectId,
            given(name),
            home(path),
            yes(keepComputeIds),
            Caller.of(security.getUserPrincipal()));
    return Blocking.call(() -> created(imports.read(body, wish)));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(some -> !some.isBlank());
  }

  private static Optional<java.nio.file.Path> home(String path) {
    return given(path).map(some -> java.nio.file.Path.of(some).toAbsolutePath().normalize());
  }

  /** Clients expect no body here. */
  private static Response onlyLocal() {
    return Response.status(Response.Status.FORBIDDEN).build();
  }

  private static Response created(Project project) {
    return Response.status(Response.Status.CREATED).entity(project.describe()).build();
  }

  @POST
  @Path("{project_id}/duplicate")
  public CompletionStage<Response> duplicate(@Context HttpServletRequest request) {
    JsonObject body = RequestBody.read(request, DUPLICATE);
    Project project = projects.get(projectId);
    String path = body.get("path") instanceof JsonString given ? given.getString() : "";
    if (!path.isEmpty() && !settings.local()) {
      return Blocking.call(ArchiveResource::onlyLocal);
    }
    String name = body.get("name") instanceof JsonString given ? given.getString() : project.name();
    boolean reset = body.getBoolean("reset_mac_addresses", false);
    Optional<Caller> creator = Caller.of(security.getUserPrincipal());
    return Blocking.call(
        () -> created(duplication.copy(project, name, home(path), reset, creator)));
  }
}
