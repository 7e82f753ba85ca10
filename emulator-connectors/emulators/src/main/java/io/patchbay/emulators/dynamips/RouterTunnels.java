package io.patchbay.emulators.dynamips;

import io.patchbay.netstack.PortBinding;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.port.PortPool;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The way of frames between a hypervisor and this compute: a pair of UDP ports for each port of the
 * router that has a link, since a router notices whether it has one.
 */
final class RouterTunnels implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final String THEIRS = "dynamips ";
  private static final String OURS = "own ";

  private final ResourceAdapter adapter;
  private final PortPool pool;
  private final Map<PortAddress, Tunnel> tunnels = new HashMap<>();
  private final Set<Integer> leased = new HashSet<>();

  /**
   * @param theirs UDP port of the hypervisor
   * @param own that of this compute
   */
  record Tunnel(int theirs, int own, LinkEnd end) {}

  RouterTunnels(ResourceAdapter adapter) {
    this.adapter = adapter;
    pool = adapter.udpPorts();
  }

  /** Opens those of a router that runs already, from what {@link #describe} said. */
  void reopen(JsonObject ports) throws IOException {
    for (String name : ports.keySet()) {
      if (name.startsWith(THEIRS)) {
        String address = name.substring(THEIRS.length());
        int theirs = ports.getInt(name);
        int own = ports.getInt(OURS + address);
        hold(theirs);
        hold(own);
        open(address(address), theirs, own);
      }
    }
  }

  private void hold(int port) {
    if (pool.hold(port)) {
      leased.add(port);
    }
  }

  private static PortAddress address(String text) {
    String[] parts = text.split("/");
    return new PortAddress(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  /**
   * @throws LabException (CONFLICT) if there are not enough ports
   */
  Tunnel open(PortAddress port) {
    List<Integer> pair = new ArrayList<>();
    try {
      pair.add(pool.lease());
      pair.add(pool.lease());
      Tunnel tunnel = open(port, pair.getFirst(), pair.getLast());
      leased.addAll(pair);
      return tunnel;
    } catch (LabException none) {
      pair.forEach(pool::release);
      throw none;
    } catch (IOException taken) {
      pair.forEach(pool::release);
      throw LabException.conflict("A UDP port cannot be opened: " + taken.getMessage());
    }
  }

  private Tunnel open(PortAddress port, int theirs, int own) throws IOException {
    InetSocketAddress here = new InetSocketAddress(LOOPBACK, own);
    InetSocketAddress there = new InetSocketAddress(LOOPBACK, theirs);
    Tunnel tunnel =
        new Tunnel(
            theirs, own, PortBinding.patiently(() -> adapter.netstack().openUdp(here, there)));
    tunnels.put(port, tunnel);
    return tunnel;
  }

  Optional<Tunnel> find(PortAddress port) {
    return Optional.ofNullable(tunnels.get(port));
  }

  /** Those that have a tunnel. */
  Set<PortAddress> ports() {
    return Set.copyOf(tunnels.keySet());
  }

  /** Gives a port's tunnel back; harmless if it has none. */
  void close(PortAddress port) {
    Tunnel tunnel = tunnels.remove(port);
    if (tunnel != null) {
      tunnel.end().close();
      giveBack(tunnel.theirs());
      giveBack(tunnel.own());
    }
  }

  private void giveBack(int port) {
    if (leased.remove(port)) {
      pool.release(port);
    }
  }

  /** Adds the ports, each as a number of its own. */
  void describe(JsonObjectBuilder ports) {
    tunnels.forEach(
        (address, tunnel) ->
            ports.add(THEIRS + address, tunnel.theirs()).add(OURS + address, tunnel.own()));
  }

  @Override
  public void close() {
    List.copyOf(tunnels.keySet()).forEach(this::close);
    List.copyOf(leased).forEach(this::giveBack);
  }
}
