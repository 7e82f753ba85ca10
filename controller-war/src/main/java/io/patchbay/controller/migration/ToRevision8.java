package io.patchbay.controller.migration;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** From GNS3 2.0: start-up files live with their nodes and are no longer named in the file. */
final class ToRevision8 implements Migration {
  private static final Set<String> ROUTER_FILES =
      Set.of(
          "startup_config", "private_config", "startup_config_content", "private_config_content");
  private static final Map<String, Set<String>> DROPPED =
      Map.of(
          "vpcs", Set.of("startup_script_path", "startup_script"),
          "dynamips", ROUTER_FILES,
          "iou", ROUTER_FILES);

  @Override
  public int revision() {
    return 8;
  }

  @Override
  public JsonObject apply(JsonObject file, Path directory) {
    return Topology.eachNode(
        file,
        node ->
            Topology.withoutProperties(node, DROPPED.getOrDefault(Topology.kind(node), Set.of())));
  }
}
