package io.patchbay.server.json;

import jakarta.enterprise.context.Dependent;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/** How records become JSON: snake_case names, and nulls are said. */
@Dependent
@Provider
public class JsonbProvider implements ContextResolver<Jsonb> {
  private final Jsonb jsonb = create();

  public static Jsonb create() {
    return JsonbBuilder.create(
        new JsonbConfig()
            .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES)
            .withNullValues(true));
  }

  @Override
  public Jsonb getContext(Class<?> type) {
    return jsonb;
  }
}
