package io.patchbay.emulators.device;

import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ManagedNode;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.link.LinkPort;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What switches and hubs share: links at numbered ports of a device inside this process. */
public abstract class DeviceNode extends ManagedNode {
  private final Map<Integer, LinkPort> links = new ConcurrentHashMap<>();
  private final Set<DataLinkType> carries;

  /**
   * @param carries what captures may say that frames begin with
   */
  protected DeviceNode(
      ResourceAdapter adapter, NodeKind kind, NodeSite site, Set<DataLinkType> carries) {
    super(adapter, kind, site);
    this.carries = carries;
  }

  /** Connects a link to the device. */
  protected abstract void wire(int port, LinkEnd end);

  /** Disconnects what was wired. */
  protected abstract void unwire(int port);

  /** Refuses ports that the device does not have. */
  protected abstract void requirePort(int port);

  protected final boolean isConnected() {
    return !links.isEmpty();
  }

  @Override
  protected void doAttach(PortAddress address, Nio nio) {
    int port = address.port();
    requirePort(port);
    if (links.containsKey(port)) {
      throw LabException.conflict("Port " + port + " isn't free");
    }
    LinkPort link = new LinkPort(adapter, site, carries);
    link.live();
    // A suspension that comes with the link could never be taken back: there is no route for it.
    link.plug(nio.withoutSettings());
    links.put(port, link);
    link.end().ifPresent(end -> wire(port, end));
  }

  @Override
  protected void doDetach(PortAddress address) {
    LinkPort link = linkPort(address);
    links.remove(address.port());
    unplug(address.port(), link);
  }

  @Override
  protected LinkPort linkPort(PortAddress address) {
    LinkPort link = links.get(address.port());
    if (link == null) {
      throw LabException.conflict("Port " + address.port() + " is not allocated");
    }
    return link;
  }

  @Override
  protected final PortAddress plainPort(PortAddress port) {
    return new PortAddress(0, port.port());
  }

  private void unplug(int port, LinkPort link) {
    unwire(port);
    link.unplug();
  }

  @Override
  protected void doClose() {
    links.forEach(this::unplug);
    links.clear();
  }

  /** These devices have no files. */
  @Override
  public void copyFilesTo(EmulatedNode destination) {}
}
