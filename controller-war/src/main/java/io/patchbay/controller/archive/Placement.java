package io.patchbay.controller.archive;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.spi.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;

/** Which computes the nodes of an imported project are on. */
final class Placement {
  private Placement() {}

  /** Takes the computes in turn, those that are away left out. */
  static JsonObject spread(JsonObject file, Computes computes) {
    List<String> able =
        computes.all().stream().filter(Placement::isConnected).map(Compute::id).toList();
    List<String> ids = able.isEmpty() ? List.of(Computes.LOCAL) : able;
    JsonObject topology = file.getJsonObject("topology");
    JsonArrayBuilder nodes = Json.createArrayBuilder();
    int next = 0;
    for (JsonObject node : topology.getJsonArray("nodes").getValuesAs(JsonObject.class)) {
      nodes.add(Json.createObjectBuilder(node).add("compute_id", ids.get(next++ % ids.size())));
    }
    return Json.createObjectBuilder(file)
        .add("topology", Json.createObjectBuilder(topology).add("nodes", nodes))
        .build();
  }

  private static boolean isConnected(Compute compute) {
    return compute.describe().getBoolean("connected", false);
  }
}
