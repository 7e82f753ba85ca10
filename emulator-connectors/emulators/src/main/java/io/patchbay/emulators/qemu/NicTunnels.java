package io.patchbay.emulators.qemu;

import io.patchbay.emulators.qemu.machine.NicBackend;
import io.patchbay.netstack.PortBinding;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.port.PortPool;
import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of frames between a running machine's adapters and this compute: a pair of UDP ports for
 * each adapter, whether a link is plugged in or not, since one may be while the machine runs.
 */
final class NicTunnels implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final PortPool ports;
  private final List<NicBackend> backends = new ArrayList<>();
  private final List<LinkEnd> ends = new ArrayList<>();
  private final List<Integer> leased = new ArrayList<>();

  private NicTunnels(ResourceAdapter adapter) {
    ports = adapter.udpPorts();
  }

  /**
   * @throws IOException if a port is taken after all
   * @throws io.patchbay.spi.LabException (CONFLICT) if there are not enough ports
   */
  static NicTunnels open(ResourceAdapter adapter, int adapters) throws IOException {
    NicTunnels tunnels = new NicTunnels(adapter);
    try {
      for (int i = 0; i < adapters; i++) {
        int qemu = tunnels.note(tunnels.ports.lease());
        int own = tunnels.note(tunnels.ports.lease());
        tunnels.backends.add(new NicBackend(qemu, own));
      }
      tunnels.openEnds(adapter);
      return tunnels;
    } catch (IOException | RuntimeException e) {
      tunnels.close();
      throw e;
    }
  }

  /** Those of a machine that runs already, from what {@link #toJson} said. */
  static NicTunnels reopen(ResourceAdapter adapter, JsonObject state) throws IOException {
    NicTunnels tunnels = new NicTunnels(adapter);
    try {
      for (int i = 0; state.containsKey("qemu" + i); i++) {
        NicBackend backend = new NicBackend(state.getInt("qemu" + i), state.getInt("own" + i));
        tunnels.hold(backend.qemuPort());
        tunnels.hold(backend.ownPort());
        tunnels.backends.add(backend);
      }
      tunnels.openEnds(adapter);
      return tunnels;
    } catch (IOException | RuntimeException e) {
      tunnels.close();
      throw e;
    }
  }

  private int note(int port) {
    leased.add(port);
    return port;
  }

  private void hold(int port) {
    if (ports.hold(port)) {
      note(port);
    }
  }

  private void openEnds(ResourceAdapter adapter) throws IOException {
    for (NicBackend backend : backends) {
      InetSocketAddress here = new InetSocketAddress(LOOPBACK, backend.ownPort());
      InetSocketAddress there = new InetSocketAddress(LOOPBACK, backend.qemuPort());
      ends.add(PortBinding.patiently(() -> adapter.netstack().openUdp(here, there)));
    }
  }

  List<NicBackend> backends() {
    return List.copyOf(backends);
  }

  int count() {
    return ends.size();
  }

  /** Where the frames of an adapter come and go. */
  LinkEnd end(int adapter) {
    return ends.get(adapter);
  }

  JsonObject toJson() {
    JsonObjectBuilder state = Json.createObjectBuilder();
    for (int i = 0; i < backends.size(); i++) {
      state.add("qemu" + i, backends.get(i).qemuPort()).add("own" + i, backends.get(i).ownPort());
    }
    return state.build();
  }

  @Override
  public void close() {
    ends.forEach(LinkEnd::close);
    leased.forEach(ports::release);
    leased.clear();
  }
}
