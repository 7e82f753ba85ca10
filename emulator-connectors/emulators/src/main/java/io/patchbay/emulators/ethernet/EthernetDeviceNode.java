package io.patchbay.emulators.ethernet;

import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.Links;
import io.patchbay.runtime.ManagedNode;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import java.util.HashMap;
import java.util.Map;

/** What switches and hubs share: links at numbered ports of a device inside this process. */
abstract class EthernetDeviceNode extends ManagedNode {
  private final Map<Integer, Plug> plugs = new HashMap<>();

  private record Plug(Nio.Udp nio, LinkEnd end) {}

  EthernetDeviceNode(ResourceAdapter adapter, NodeKind kind, NodeSite site) {
    super(adapter, kind, site);
  }

  /** Connects a link to the device. */
  abstract void wire(int port, LinkEnd end);

  /** Disconnects what was wired. */
  abstract void unwire(int port);

  /** Refuses ports that the device does not have. */
  abstract void requirePort(int port);

  final boolean isConnected() {
    return !plugs.isEmpty();
  }

  @Override
  protected void doAttach(PortAddress address, Nio nio) {
    int port = address.port();
    requirePort(port);
    if (plugs.containsKey(port)) {
      throw LabException.conflict("Port " + port + " isn't free");
    }
    Nio.Udp tunnel = Links.tunnel(nio);
    LinkEnd end = Links.open(adapter, tunnel);
    plugs.put(port, new Plug(tunnel, end));
    wire(port, end);
  }

  @Override
  protected void doDetach(PortAddress address) {
    Plug plug = plugs.remove(address.port());
    if (plug == null) {
      throw LabException.conflict("Port " + address.port() + " is not allocated");
    }
    unplug(address.port(), plug);
  }

  @Override
  protected final PortAddress plainPort(PortAddress port) {
    return new PortAddress(0, port.port());
  }

  private void unplug(int port, Plug plug) {
    unwire(port);
    plug.end().close();
    adapter.udpPorts().release(plug.nio().localPort());
  }

  @Override
  protected void doClose() {
    plugs.forEach(this::unplug);
    plugs.clear();
  }

  /** These devices have no files. */
  @Override
  public void copyFilesTo(EmulatedNode destination) {}
}
