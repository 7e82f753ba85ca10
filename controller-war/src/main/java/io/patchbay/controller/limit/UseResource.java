package io.patchbay.controller.limit;

import io.patchbay.server.auth.Caller;
import io.patchbay.server.http.Blocking;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How much the caller has and may have; API v2 has no such route. */
@Dependent
@Path("patchbay/use")
@Produces(MediaType.APPLICATION_JSON)
public class UseResource {
  @Inject private UserUse users;
  @Context private SecurityContext security;

  @GET
  public CompletionStage<JsonObject> get() {
    Optional<Caller> caller = Caller.of(security.getUserPrincipal());
    return Blocking.call(() -> users.of(caller.map(Caller::name).orElse("")));
  }
}
