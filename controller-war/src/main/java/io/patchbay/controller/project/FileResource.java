package io.patchbay.controller.project;

import io.patchbay.controller.limit.DiskQuota;
import io.patchbay.server.http.Blocking;
import io.patchbay.server.http.FileTypes;
import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.IncomingFile;
import io.patchbay.spi.LabException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.concurrent.CompletionStage;

/** Files in the directory of a project, open or closed. */
@Dependent
@Path("projects/{project_id}/files/{path:.+}")
@Produces(MediaType.WILDCARD)
public class FileResource {
  @Inject private Projects projects;
  @Inject private ProjectSaver saver;
  @Inject private DiskQuota disk;

  @PathParam("project_id")
  private String projectId;

  @PathParam("path")
  private String path;

  @GET
  public CompletionStage<Response> get() {
    Project project = projects.get(projectId);
    return Blocking.call(
        () -> {
          java.nio.file.Path file = DirectoryTree.inside(project.directory(), path);
          if (project.isOpen() && file.equals(project.path())) {
            // Changes are written with a delay.
            saver.save(project);
          }
          if (!Files.isRegularFile(file)) {
            throw LabException.notFound("File " + path + " not found");
          }
          // A browser must not run what somebody put there, as this server's own page.
          return Response.ok(file.toFile())
              .type(FileTypes.of(path))
              .header("Content-Security-Policy", "sandbox; default-src 'none'")
              .build();
        });
  }

  @POST
  public CompletionStage<Response> write(InputStream content) {
    Project project = projects.get(projectId);
    return Blocking.call(
        () -> {
          java.nio.file.Path file = DirectoryTree.inside(project.directory(), path);
          if (!Files.isDirectory(file.getParent())) {
            throw LabException.notFound("The directory of " + path + " not found");
          }
          if (Files.isDirectory(file)) {
            throw LabException.conflict(path + " is a directory");
          }
          try {
            IncomingFile.write(file, disk.incoming(projectId, content, file));
          } catch (IOException e) {
            throw LabException.conflict(path + " cannot be written: " + e.getMessage());
          }
          return Response.status(Response.Status.CREATED).build();
        });
  }
}
