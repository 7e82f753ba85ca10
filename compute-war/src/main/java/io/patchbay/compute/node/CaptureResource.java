package io.patchbay.compute.node;

import io.patchbay.compute.lab.Connector;
import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.BodySchema;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.CaptureRequest;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.PortAddress;
import jakarta.enterprise.context.Dependent;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Captures of the ports of nodes of every kind; {@link PcapFilter} serves their content. */
@Dependent
@Path(PortResource.PORT)
@Produces(MediaType.APPLICATION_JSON)
public class CaptureResource extends PortResource {
  private static final BodySchema CAPTURE =
      BodySchema.resource(CaptureResource.class, "capture.schema.json");

  @POST
  @Path("start_capture")
  public CompletionStage<JsonObject> start(@Context HttpServletRequest request) {
    Connector connector = connector();
    JsonObject body = RequestBody.read(request, CAPTURE);
    EmulatedNode node = node();
    PortAddress address = address();
    CaptureRequest capture =
        new CaptureRequest(body.getString("capture_file_name"), type(connector, body));
    return Blocking.call(
        () ->
            Json.createObjectBuilder()
                .add("pcap_file_path", node.startCapture(address, capture).toString())
                .build());
  }

  private static DataLinkType type(Connector connector, JsonObject body) {
    if (body.containsKey("data_link_type")) {
      return DataLinkType.ofWireName(body.getString("data_link_type"));
    }
    if (connector.kind().has(Trait.NAMED_CAPTURE_TYPE)) {
      throw LabException.invalid("data_link_type is required for a capture here");
    }
    return DataLinkType.EN10MB;
  }

  @POST
  @Path("stop_capture")
  public CompletionStage<Response> stop() {
    EmulatedNode node = node();
    PortAddress address = address();
    return Blocking.call(
        () -> {
          node.stopCapture(address);
          return Response.noContent().build();
        });
  }
}
