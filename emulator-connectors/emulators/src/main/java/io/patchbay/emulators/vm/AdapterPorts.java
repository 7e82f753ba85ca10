package io.patchbay.emulators.vm;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.link.Patch;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.link.LinkPort;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The network adapters of a machine, one port each, and what is plugged into them. */
public final class AdapterPorts {
  private final ResourceAdapter adapter;
  private final NodeSite site;
  private final String kind;
  // Read without the node's lock by who reads a capture.
  private volatile List<LinkPort> ports = List.of();

  /**
   * @param kind what messages call such a machine, such as "QEMU VM"
   */
  public AdapterPorts(ResourceAdapter adapter, NodeSite site, String kind, int count) {
    this.adapter = adapter;
    this.site = site;
    this.kind = kind;
    resize(count);
  }

  /**
   * @throws LabException (CONFLICT) if a link is plugged in where there will be no adapter
   */
  public void requireResizable(int count) {
    for (int i = count; i < ports.size(); i++) {
      if (ports.get(i).isPlugged()) {
        throw LabException.conflict("A link is plugged into adapter " + i + ", so it must stay");
      }
    }
  }

  public int count() {
    return ports.size();
  }

  public void resize(int count) {
    List<LinkPort> wanted = new ArrayList<>(ports.subList(0, Math.min(count, ports.size())));
    while (wanted.size() < count) {
      wanted.add(new LinkPort(adapter, site));
    }
    ports = List.copyOf(wanted);
  }

  /**
   * The port of an adapter; its number on the adapter is not looked at.
   *
   * @throws LabException (CONFLICT) if there is no such adapter
   */
  public LinkPort port(PortAddress address) {
    List<LinkPort> all = ports;
    if (address.adapter() >= all.size()) {
      throw missing(address.adapter());
    }
    return all.get(address.adapter());
  }

  public LabException missing(int number) {
    return LabException.conflict(
        "Adapter " + number + " does not exist on " + kind + " \"" + site.name() + "\"");
  }

  /** The same, and something must be plugged in. */
  public LinkPort plugged(PortAddress address) {
    LinkPort port = port(address);
    if (!port.isPlugged()) {
      throw LabException.conflict("Adapter " + address.adapter() + " is not connected");
    }
    return port;
  }

  /** Numbers of the adapters at which a guest sees a cable. */
  public List<Integer> connected() {
    return IntStream.range(0, ports.size()).filter(i -> ports.get(i).isUp()).boxed().toList();
  }

  public boolean isUp(int number) {
    return ports.get(number).isUp();
  }

  /**
   * Lets filters and captures act.
   *
   * @throws LabException (CONFLICT) as {@link LinkPort#live} does; none is live then
   */
  public void live() {
    try {
      ports.forEach(LinkPort::live);
    } catch (LabException refused) {
      idle();
      throw refused;
    }
  }

  /** The machine has stopped. */
  public void idle() {
    ports.forEach(
        port -> {
          port.idle();
          port.end().ifPresent(end -> end.receiver(FrameReceiver.DROP));
        });
  }

  /** Lets frames pass between an adapter of a running machine and its link. */
  public void join(int number, LinkEnd guest) {
    if (number < ports.size()) {
      ports.get(number).end().ifPresent(end -> Patch.join(guest, end));
    }
  }

  public void unplugAll() {
    ports.forEach(LinkPort::unplug);
  }
}
