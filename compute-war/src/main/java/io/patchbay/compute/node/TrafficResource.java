package io.patchbay.compute.node;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.spi.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * How many frames and bytes passed the links of a project, all by one request; API v2 has no such
 * route.
 */
@Dependent
@Path("patchbay/projects/{project_id}/traffic")
@Produces(MediaType.APPLICATION_JSON)
public class TrafficResource {
  @Inject private ComputeLab lab;

  /** A link is named by the UDP port of its end here, and seen from the node at that end. */
  @GET
  public JsonArray get(@PathParam("project_id") String projectId) {
    JsonArrayBuilder ends = Json.createArrayBuilder();
    lab.project(projectId)
        .traffic()
        .forEach(
            (port, counters) ->
                ends.add(
                    Json.createObjectBuilder()
                        .add("udp_port", port)
                        .add("sent", counters.sent())
                        .add("received", counters.received())
                        .add("sent_bytes", counters.sentBytes())
                        .add("received_bytes", counters.receivedBytes())
                        .add("dropped", counters.dropped())));
    return ends.build();
  }
}
