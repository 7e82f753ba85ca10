package io.patchbay.emulators.ethernet;

import io.patchbay.emulators.device.DeviceNode;
import io.patchbay.netstack.device.EthernetHub;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.Set;

/** An Ethernet hub inside the compute. */
final class EthernetHubNode extends DeviceNode {
  private static final JsonArray DEFAULT_PORTS = EthernetPorts.defaults(EthernetPorts.NOTHING_MORE);

  private final EthernetHub device = new EthernetHub();
  private JsonArray ports;

  EthernetHubNode(ResourceAdapter adapter, NodeSite site, JsonObject settings) {
    super(adapter, NodeKinds.ETHERNET_HUB, site, Set.of(DataLinkType.EN10MB));
    ports = EthernetPorts.given(settings, DEFAULT_PORTS);
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
  protected void requirePort(int port) {
    if (!EthernetPorts.numbers(ports).contains(port)) {
      throw LabException.conflict("Port " + port + " doesn't exist");
    }
  }

  @Override
  protected void doUpdate(JsonObject settings) {
    if (settings.get("ports_mapping") instanceof JsonArray wanted) {
      if (isConnected() && wanted.size() != ports.size()) {
        throw LabException.conflict("The number of ports can be changed only while none is linked");
      }
      ports = EthernetPorts.renumbered(wanted);
    }
    if (settings.get("name") instanceof JsonString name) {
      rename(name.getString());
    }
  }

  @Override
  protected void describe(JsonObjectBuilder node) {
    node.add("ports_mapping", ports);
  }
}
