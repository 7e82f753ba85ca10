package io.patchbay.emulators.ethernet;

import io.patchbay.emulators.SchemaResource;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonObject;
import java.util.Optional;

/** Ethernet hubs of our own netstack; nothing has to be installed for them. */
public final class EthernetHubConnector implements EmulatorConnector {
  private final ResourceAdapter adapter;

  public EthernetHubConnector(ResourceAdapter adapter) {
    this.adapter = adapter;
  }

  @Override
  public NodeKind kind() {
    return NodeKinds.ETHERNET_HUB;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public String createSchema() {
    return SchemaResource.read(EthernetHubConnector.class, "hub-create.schema.json");
  }

  @Override
  public String updateSchema() {
    return SchemaResource.read(EthernetHubConnector.class, "hub-update.schema.json");
  }

  @Override
  public EmulatedNode create(NodeSite site, JsonObject settings) {
    return new EthernetHubNode(adapter, site, settings);
  }
}
