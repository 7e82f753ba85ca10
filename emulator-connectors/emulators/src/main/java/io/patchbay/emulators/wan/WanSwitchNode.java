package io.patchbay.emulators.wan;

import io.patchbay.emulators.device.DeviceNode;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;

/**
 * A switch for virtual circuits inside the compute. A link is accepted at any port number that is
 * free; the circuits may change all the while.
 */
final class WanSwitchNode extends DeviceNode {
  private static final String MAPPINGS = "mappings";

  private final WanDevice device;
  private JsonObject mappings;

  WanSwitchNode(
      ResourceAdapter adapter,
      NodeKind kind,
      NodeSite site,
      WanDevice device,
      JsonObject settings) {
    super(adapter, kind, site, Set.of(device.captures()));
    this.device = device;
    mappings =
        settings.get(MAPPINGS) instanceof JsonObject given ? given : JsonValue.EMPTY_JSON_OBJECT;
    device.configure(mappings);
  }

  @Override
  protected void wire(int port, LinkEnd end) {
    device.attach(port, end);
  }

  @Override
  protected void unwire(int port) {
    device.detach(port);
  }

  @Override
  protected void requirePort(int port) {}

  @Override
  protected void doUpdate(JsonObject settings) {
    if (settings.get(MAPPINGS) instanceof JsonObject wanted) {
      device.configure(wanted);
      mappings = wanted;
    }
    if (settings.get("name") instanceof JsonString name) {
      rename(name.getString());
    }
  }

  @Override
  protected void describe(JsonObjectBuilder node) {
    node.add(MAPPINGS, mappings);
  }
}
