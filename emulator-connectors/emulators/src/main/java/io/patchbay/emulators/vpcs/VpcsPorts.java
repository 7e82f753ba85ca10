package io.patchbay.emulators.vpcs;

import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.port.PortPool;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The ports of one VPCS process, all on this machine, and how they are given back. */
final class VpcsPorts {
  /** The one that VPCS is told to use. */
  static final String LOOPBACK = "127.0.0.1";

  private final PortPool tcp;
  private final PortPool udp;
  private int console;
  private int vpcs;
  private int own;
  private OptionalInt relay = OptionalInt.empty();
  private final List<Runnable> giveBack = new ArrayList<>();

  private VpcsPorts(ResourceAdapter adapter) {
    tcp = adapter.consolePorts();
    udp = adapter.udpPorts();
  }

  /**
   * @throws LabException (CONFLICT) if there are not enough
   */
  static VpcsPorts lease(ResourceAdapter adapter, VpcsProgram program) {
    VpcsPorts ports = new VpcsPorts(adapter);
    try {
      ports.console = ports.leased(ports.tcp, ports.tcp.lease());
      ports.vpcs =
          program.relays() ? ports.leaseWithRelay() : ports.leased(ports.udp, ports.udp.lease());
      ports.own = ports.leased(ports.udp, ports.udp.lease());
      return ports;
    } catch (RuntimeException none) {
      ports.release();
      throw none;
    }
  }

  /** A VPCS that relays also binds a second port, which must be free as well. */
  private int leaseWithRelay() {
    List<Integer> unfit = new ArrayList<>();
    try {
      while (true) {
        int port = udp.lease();
        relay = udp.leaseExactly(port + VpcsProgram.RELAY_OFFSET);
        if (relay.isPresent()) {
          leased(udp, relay.getAsInt());
          return leased(udp, port);
        }
        unfit.add(port);
      }
    } finally {
      unfit.forEach(udp::release);
    }
  }

  private int leased(PortPool pool, int port) {
    giveBack.add(() -> pool.release(port));
    return port;
  }

  /** Those of a process that runs already. */
  static VpcsPorts hold(ResourceAdapter adapter, JsonObject state) {
    VpcsPorts ports = new VpcsPorts(adapter);
    ports.console = ports.held(ports.tcp, state.getInt("console"));
    ports.vpcs = ports.held(ports.udp, state.getInt("vpcs"));
    if (state.containsKey("relay")) {
      ports.relay = OptionalInt.of(ports.held(ports.udp, state.getInt("relay")));
    }
    ports.own = ports.held(ports.udp, state.getInt("own"));
    return ports;
  }

  private int held(PortPool pool, int port) {
    return pool.hold(port) ? leased(pool, port) : port;
  }

  JsonObject toJson() {
    JsonObjectBuilder ports =
        Json.createObjectBuilder().add("console", console).add("vpcs", vpcs).add("own", own);
    relay.ifPresent(port -> ports.add("relay", port));
    return ports.build();
  }

  /** TCP port of the process's own console. */
  int console() {
    return console;
  }

  /** UDP port that the process binds. */
  int vpcs() {
    return vpcs;
  }

  /** UDP port that it sends to, which is ours. */
  int own() {
    return own;
  }

  /**
   * @throws IOException if our port is taken
   */
  LinkEnd openLink(ResourceAdapter adapter) throws IOException {
    InetAddress loopback = InetAddress.ofLiteral(LOOPBACK);
    return adapter
        .netstack()
        .openUdp(new InetSocketAddress(loopback, own), new InetSocketAddress(loopback, vpcs));
  }

  void release() {
    giveBack.forEach(Runnable::run);
    giveBack.clear();
  }
}
