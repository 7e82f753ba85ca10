package io.patchbay.controller.migration;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Set;

/**
 * From the alphas of GNS3 2.0: serial consoles became telnet ones, and those of VMware and
 * VirtualBox are always remote.
 */
final class ToRevision6 implements Migration {
  private static final Set<String> HYPERVISORS = Set.of("vmware", "virtualbox");

  @Override
  public int revision() {
    return 6;
  }

  @Override
  public JsonObject apply(JsonObject file, Path directory) {
    return Topology.eachNode(file, ToRevision6::node);
  }

  private static JsonObject node(JsonObject node) {
    JsonObject changed =
        node.getString("console_type", "").equals("serial")
            ? Topology.with(node, "console_type", Json.createValue("telnet"))
            : node;
    return HYPERVISORS.contains(Topology.kind(node))
        ? Topology.withoutProperties(changed, Set.of("enable_remote_console"))
        : changed;
  }
}
