package io.patchbay.emulators.wan;

import io.patchbay.emulators.SchemaResource;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.function.Supplier;

/** Frame Relay or ATM switches of our own netstack; nothing has to be installed for them. */
public final class WanSwitchConnector implements EmulatorConnector {
  private final ResourceAdapter adapter;
  private final NodeKind kind;
  private final Supplier<WanDevice> devices;

  private WanSwitchConnector(ResourceAdapter adapter, NodeKind kind, Supplier<WanDevice> devices) {
    this.adapter = adapter;
    this.kind = kind;
    this.devices = devices;
  }

  public static WanSwitchConnector frameRelay(ResourceAdapter adapter) {
    return new WanSwitchConnector(adapter, NodeKinds.FRAME_RELAY_SWITCH, FrameRelayDevice::new);
  }

  public static WanSwitchConnector atm(ResourceAdapter adapter) {
    return new WanSwitchConnector(adapter, NodeKinds.ATM_SWITCH, AtmDevice::new);
  }

  @Override
  public NodeKind kind() {
    return kind;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public String createSchema() {
    return SchemaResource.read(WanSwitchConnector.class, "create.schema.json");
  }

  @Override
  public String updateSchema() {
    return SchemaResource.read(WanSwitchConnector.class, "update.schema.json");
  }

  @Override
  public EmulatedNode create(NodeSite site, JsonObject settings) {
    return new WanSwitchNode(adapter, kind, site, devices.get(), settings);
  }
}
