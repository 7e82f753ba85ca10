package io.patchbay.compute.node;

import io.patchbay.server.http.Blocking;
import io.patchbay.server.json.RequestBody;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.PortAddress;
import jakarta.enterprise.context.Dependent;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** The ports of nodes of every kind, and what is plugged into them. */
@Dependent
@Path(PortResource.PORT + "/nio")
@Produces(MediaType.APPLICATION_JSON)
public class NodePortResource extends PortResource {
  @POST
  public CompletionStage<Response> attach(@Context HttpServletRequest request) {
    connector();
    Nio nio = NioBody.read(RequestBody.read(request));
    EmulatedNode node = node();
    PortAddress address = address();
    return Blocking.call(
        () -> {
          node.attach(address, nio);
          return Response.status(201).entity(nio.toJson()).build();
        });
  }

  @PUT
  public CompletionStage<Response> change(@Context HttpServletRequest request) {
    if (!connector().kind().has(Trait.LINK_SETTINGS)) {
      throw new NotAllowedException("DELETE", new String[] {"OPTIONS", "POST"});
    }
    JsonObject body = RequestBody.read(request);
    Nio nio = NioBody.read(body);
    EmulatedNode node = node();
    PortAddress address = address();
    return Blocking.call(
        () -> {
          node.change(address, nio);
          return Response.status(201).entity(body).build();
        });
  }

  @DELETE
  public CompletionStage<Response> detach() {
    EmulatedNode node = node();
    PortAddress address = address();
    return Blocking.call(
        () -> {
          node.detach(address);
          return Response.noContent().build();
        });
  }
}
