package io.patchbay.controller.access;

import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import io.patchbay.spi.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;

/** Who calls, for clients that show what their user may do. */
@Dependent
@Path("patchbay/caller")
@Produces(MediaType.APPLICATION_JSON)
public class CallerResource {
  @Context private SecurityContext security;

  @GET
  public JsonObject who() {
    Optional<Caller> caller = Caller.of(security.getUserPrincipal());
    JsonObjectBuilder who = Json.createObjectBuilder();
    JsonArrayBuilder groups = Json.createArrayBuilder();
    caller
        .map(Caller::name)
        .ifPresentOrElse(name -> who.add("name", name), () -> who.addNull("name"));
    caller.ifPresent(known -> known.groups().stream().sorted().forEach(groups::add));
    return who.add("role", caller.map(Caller::role).orElse(Role.ADMINISTRATOR).wireName())
        .add("groups", groups)
        .build();
  }
}
