package io.patchbay.compute.server;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.runtime.port.PortPool;
import io.patchbay.server.config.Settings;
import io.patchbay.server.http.ApiVersion;
import io.patchbay.server.machine.Machine;
import io.patchbay.spi.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.SocketException;
import java.util.Collection;

/** What a compute tells about itself and its machine. */
@Dependent
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class InfoResource {
  @Inject private ComputeLab lab;
  @Inject private Settings settings;

  @GET
  @Path("version")
  public JsonObject version() {
    return Json.createObjectBuilder()
        .add("version", ApiVersion.TEXT)
        .add("local", settings.local())
        .build();
  }

  @GET
  @Path("capabilities")
  public JsonObject capabilities() {
    return Json.createObjectBuilder()
        .add("version", ApiVersion.TEXT)
        .add("platform", Machine.platform())
        .add("node_types", array(lab.kinds()))
        .build();
  }

  private static JsonArray array(Collection<String> texts) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    texts.forEach(array::add);
    return array.build();
  }

  @GET
  @Path("statistics")
  public JsonObject statistics() {
    return Machine.statistics(settings.projects());
  }

  @GET
  @Path("debug")
  public Response debug() {
    String text =
        "Patchbay compute, API "
            + ApiVersion.TEXT
            + "\nFrames: "
            + lab.adapter().netstack().implementation()
            + "\nProjects: "
            + lab.projects().size()
            + "\n";
    return Response.ok(text, "text/plain; charset=utf-8").build();
  }

  @GET
  @Path("network/interfaces")
  public JsonArray interfaces() throws SocketException {
    return NetworkInterfaces.list();
  }

  @GET
  @Path("network/ports")
  public JsonObject ports() {
    PortPool console = lab.adapter().consolePorts();
    PortPool udp = lab.adapter().udpPorts();
    return Json.createObjectBuilder()
        .add("console_port_range", range(console))
        .add("console_ports", leased(console))
        .add("udp_port_range", range(udp))
        .add("udp_ports", leased(udp))
        .build();
  }

  private static JsonArray range(PortPool pool) {
    return Json.createArrayBuilder().add(pool.first()).add(pool.last()).build();
  }

  private static JsonArray leased(PortPool pool) {
    JsonArrayBuilder ports = Json.createArrayBuilder();
    pool.leased().forEach(ports::add);
    return ports.build();
  }
}
