package io.patchbay.controller.limit;

import io.patchbay.server.http.Blocking;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** The users of this server as far as it has seen them; API v2 has no such route. */
@Dependent
@Path("patchbay/users")
@Produces(MediaType.APPLICATION_JSON)
public class UserResource {
  @Inject private UserUse users;

  @GET
  public CompletionStage<JsonArray> list() {
    return Blocking.call(users::list);
  }
}
