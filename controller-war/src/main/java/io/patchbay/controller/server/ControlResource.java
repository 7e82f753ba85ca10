package io.patchbay.controller.server;

import io.patchbay.controller.project.Projects;
import io.patchbay.controller.template.Templates;
import io.patchbay.controller.vm.Gns3Vm;
import io.patchbay.server.config.Settings;
import io.patchbay.server.http.Blocking;
import io.patchbay.spi.LabException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.CompletionCallback;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.logging.Logger;

/** What is done to the server as a whole. */
@Dependent
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class ControlResource {
  private static final Logger LOG = Logger.getLogger(ControlResource.class.getName());

  @Inject private Settings settings;
  @Inject private Projects projects;
  @Inject private Templates templates;
  @Inject private IouLicense license;
  @Inject private Gns3Vm vm;
  @Inject private DebugDump dump;

  /** Reads again what an administrator may have changed on the disk. */
  @POST
  @Path("reload")
  public CompletionStage<Response> reload() {
    return Blocking.call(
        () -> {
          templates.reload();
          license.reload();
          vm.reload();
          projects.reload();
          return Response.ok().build();
        });
  }

  /** Ends the server as a signal would: projects are saved, emulators stopped. */
  @POST
  @Path("shutdown")
  public void shutdown(@Suspended AsyncResponse response) {
    requireLocal("stop");
    // Only once the answer is out: the connection ends with the server.
    response.register((CompletionCallback) failure -> stopSoon());
    response.resume(Response.status(201).build());
  }

  private static void stopSoon() {
    LOG.info("a client stops the server");
    // A thread of its own, since the server waits for its requests before it ends.
    Thread.ofPlatform().name("shutdown").start(() -> System.exit(0));
  }

  @POST
  @Path("debug")
  public CompletionStage<Response> debug() {
    requireLocal("debug");
    return Blocking.call(
        () -> {
          dump.write();
          return Response.status(201).build();
        });
  }

  private void requireLocal(String action) {
    if (!settings.local()) {
      throw LabException.forbidden("A client may " + action + " a local server only");
    }
  }
}
