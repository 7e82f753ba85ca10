package io.patchbay.controller.appliance;

import io.patchbay.server.http.Blocking;
import io.patchbay.spi.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/**
 * Appliances. The parameter {@code update} is taken and means nothing: the directory is read each
 * time, and nothing is fetched from elsewhere.
 */
@Dependent
@Path("appliances")
@Produces(MediaType.APPLICATION_JSON)
public class ApplianceResource {
  @Inject private Appliances appliances;

  @GET
  public CompletionStage<JsonArray> list(
      @QueryParam("symbol_theme") @DefaultValue("Classic") String theme) {
    return Blocking.call(
        () -> {
          JsonArrayBuilder all = Json.createArrayBuilder();
          appliances.list(theme).forEach(all::add);
          return all.build();
        });
  }
}
