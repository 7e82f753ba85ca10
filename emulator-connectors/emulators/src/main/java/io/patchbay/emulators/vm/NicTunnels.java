package io.patchbay.emulators.vm;

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
public final class NicTunnels implements AutoCloseable {
  /** Where both ends are. */
  public static final String HOST = "127.0.0.1";

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral(HOST);

  /**
   * UDP ports of this machine between which the frames of an adapter pass.
   *
   * @param guest that the emulator binds
   * @param own that it sends to
   */
  public record Ports(int guest, int own) {}

  private final PortPool ports;
  private final List<Ports> pairs = new ArrayList<>();
  private final List<LinkEnd> ends = new ArrayList<>();
  private final List<Integer> leased = new ArrayList<>();

  private NicTunnels(ResourceAdapter adapter) {
    ports = adapter.udpPorts();
  }

  /**
   * @throws IOException if a port is taken after all
   * @throws io.patchbay.spi.LabException (CONFLICT) if there are not enough ports
   */
  public static NicTunnels open(ResourceAdapter adapter, int adapters) throws IOException {
    NicTunnels tunnels = new NicTunnels(adapter);
    try {
      for (int i = 0; i < adapters; i++) {
        int guest = tunnels.note(tunnels.ports.lease());
        int own = tunnels.note(tunnels.ports.lease());
        tunnels.pairs.add(new Ports(guest, own));
      }
      tunnels.openEnds(adapter);
      return tunnels;
    } catch (IOException | RuntimeException e) {
      tunnels.close();
      throw e;
    }
  }

  /** Those of a machine that runs already, from what {@link #toJson} said. */
  public static NicTunnels reopen(ResourceAdapter adapter, JsonObject state) throws IOException {
    NicTunnels tunnels = new NicTunnels(adapter);
    try {
      for (int i = 0; state.containsKey("guest" + i); i++) {
        Ports pair = new Ports(state.getInt("guest" + i), state.getInt("own" + i));
        tunnels.hold(pair.guest());
        tunnels.hold(pair.own());
        tunnels.pairs.add(pair);
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
    for (Ports pair : pairs) {
      InetSocketAddress here = new InetSocketAddress(LOOPBACK, pair.own());
      InetSocketAddress there = new InetSocketAddress(LOOPBACK, pair.guest());
      ends.add(PortBinding.patiently(() -> adapter.netstack().openUdp(here, there)));
    }
  }

  public List<Ports> pairs() {
    return List.copyOf(pairs);
  }

  public int count() {
    return ends.size();
  }

  /** Where the frames of an adapter come and go. */
  public LinkEnd end(int adapter) {
    return ends.get(adapter);
  }

  public JsonObject toJson() {
    JsonObjectBuilder state = Json.createObjectBuilder();
    for (int i = 0; i < pairs.size(); i++) {
      state.add("guest" + i, pairs.get(i).guest()).add("own" + i, pairs.get(i).own());
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
