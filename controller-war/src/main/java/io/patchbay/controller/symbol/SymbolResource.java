package io.patchbay.controller.symbol;

import io.patchbay.server.http.Blocking;
import io.patchbay.spi.Json;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/** Symbols. Ids hold slashes, as in {@code :/symbols/classic/router.svg}. */
@Dependent
@Path("")
public class SymbolResource {
  @Inject private SymbolLibrary symbols;

  @GET
  @Path("symbols")
  @Produces(MediaType.APPLICATION_JSON)
  public CompletionStage<JsonArray> list() {
    return Blocking.call(
        () -> {
          JsonArrayBuilder all = Json.createArrayBuilder();
          symbols.all().forEach(symbol -> all.add(symbol.describe()));
          return all.build();
        });
  }

  @GET
  @Path("default_symbols")
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject defaults() {
    return symbols.defaults();
  }

  @GET
  @Path("symbols/{symbol_id:.+}/dimensions")
  @Produces(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> dimensions(@PathParam("symbol_id") String id) {
    return Blocking.call(
        () ->
            symbols
                .picture(id)
                .size()
                .map(
                    size ->
                        Response.ok(
                            Json.createObjectBuilder()
                                .add("width", size.width())
                                .add("height", size.height())
                                .build()))
                .orElseGet(() -> Response.status(404))
                .build());
  }

  /** Pictures are of many origins: a browser shows them, and runs nothing in them. */
  @GET
  @Path("symbols/{symbol_id:.+}/raw")
  public CompletionStage<Response> picture(@PathParam("symbol_id") String id) {
    return Blocking.call(
        () -> {
          Picture picture = symbols.picture(id);
          return Response.ok(picture.content(), picture.mediaType())
              .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
              .build();
        });
  }

  @POST
  @Path("symbols/{symbol_id:.+}/raw")
  public CompletionStage<Response> store(@PathParam("symbol_id") String id, InputStream content) {
    return Blocking.call(
        () -> {
          symbols.store(id, content);
          return Response.noContent().build();
        });
  }
}
