package io.patchbay.compute.node;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.compute.lab.Connector;
import io.patchbay.server.http.Blocking;
import io.patchbay.spi.MachineSource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The machines that an emulator has of its own. */
@Dependent
@Path("{emulator}/vms")
@Produces(MediaType.APPLICATION_JSON)
public class MachinesResource {
  @Inject private ComputeLab lab;

  @GET
  public CompletionStage<List<JsonObject>> list(@PathParam("emulator") String emulator) {
    MachineSource source =
        lab.connector(emulator)
            .map(Connector::emulator)
            .filter(MachineSource.class::isInstance)
            .map(MachineSource.class::cast)
            .orElseThrow(NotFoundException::new);
    return Blocking.call(source::machines);
  }
}
