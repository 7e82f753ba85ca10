package io.patchbay.emulators.device;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.link.LinkPort;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ports that the cards or adapters of a node have, and what is plugged into them. */
public final class CardPorts {
  private final ResourceAdapter adapter;
  private final NodeSite site;
  // Read without the node's lock by who reads a capture.
  private volatile Map<PortAddress, Port> ports = Map.of();

  private record Port(Carrier carrier, LinkPort link) {}

  public CardPorts(ResourceAdapter adapter, NodeSite site, Map<PortAddress, Carrier> equipment) {
    this.adapter = adapter;
    this.site = site;
    fit(equipment);
  }

  /**
   * @throws LabException (CONFLICT) if a link is plugged in where there will be no such port
   */
  public void requireFits(Map<PortAddress, Carrier> wanted) {
    ports.forEach(
        (address, port) -> {
          if (port.link().isPlugged() && wanted.get(address) != port.carrier()) {
            throw LabException.conflict(
                "A link is plugged into port " + address + ", so its card must stay");
          }
        });
  }

  /**
   * Has these ports from now on; links stay plugged in.
   *
   * @param equipment what each carries
   */
  public void fit(Map<PortAddress, Carrier> equipment) {
    Map<PortAddress, Port> fitted = new LinkedHashMap<>();
    equipment.forEach(
        (address, carrier) -> {
          Port old = ports.get(address);
          fitted.put(
              address,
              old != null && old.carrier() == carrier
                  ? old
                  : new Port(carrier, new LinkPort(adapter, site, carrier.captures())));
        });
    ports = Map.copyOf(fitted);
  }

  /**
   * @throws LabException (CONFLICT) if there is no such port
   */
  public LinkPort port(PortAddress address) {
    Port port = ports.get(address);
    if (port == null) {
      throw LabException.conflict("Port " + address + " does not exist on " + site.name());
    }
    return port.link();
  }

  /** The same, and something must be plugged in. */
  public LinkPort plugged(PortAddress address) {
    LinkPort port = port(address);
    if (!port.isPlugged()) {
      throw LabException.conflict("Port " + address + " is not connected");
    }
    return port;
  }

  /** Those that something is plugged into. */
  public List<PortAddress> pluggedPorts() {
    return ports.keySet().stream().filter(address -> port(address).isPlugged()).toList();
  }

  /**
   * Lets filters and captures act.
   *
   * @throws LabException (CONFLICT) as {@link LinkPort#live} does; none is live then
   */
  public void live() {
    try {
      ports.values().forEach(port -> port.link().live());
    } catch (LabException refused) {
      idle();
      throw refused;
    }
  }

  /** The node has stopped. */
  public void idle() {
    ports
        .values()
        .forEach(
            port -> {
              port.link().idle();
              port.link().end().ifPresent(end -> end.receiver(FrameReceiver.DROP));
            });
  }

  /** Gives back what all of them take. */
  public void unplugAll() {
    ports.values().forEach(port -> port.link().unplug());
  }
}
