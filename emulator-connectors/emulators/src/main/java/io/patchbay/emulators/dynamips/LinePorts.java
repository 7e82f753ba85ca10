package io.patchbay.emulators.dynamips;

import io.patchbay.runtime.port.PortPool;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The TCP ports on which the lines of a router listen, all on this machine. */
final class LinePorts {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final List<String> NAMES = List.of("line", "aux_line");

  private final PortPool pool;
  private final List<Integer> numbers = new ArrayList<>();
  private final List<Integer> leased = new ArrayList<>();

  private LinePorts(PortPool pool) {
    this.pool = pool;
  }

  /**
   * @throws LabException (CONFLICT) if there are not enough
   */
  static LinePorts lease(PortPool pool) {
    LinePorts ports = new LinePorts(pool);
    try {
      for (int i = 0; i < NAMES.size(); i++) {
        int port = pool.lease();
        ports.numbers.add(port);
        ports.leased.add(port);
      }
      return ports;
    } catch (LabException none) {
      ports.release();
      throw none;
    }
  }

  /** Those of a router that runs already, from what {@link #describe} said. */
  static LinePorts hold(PortPool pool, JsonObject state) {
    LinePorts ports = new LinePorts(pool);
    for (String name : NAMES) {
      int port = state.getInt(name);
      ports.numbers.add(port);
      if (pool.hold(port)) {
        ports.leased.add(port);
      }
    }
    return ports;
  }

  static InetSocketAddress here(int port) {
    return new InetSocketAddress(LOOPBACK, port);
  }

  /** Of the router's console. */
  int console() {
    return numbers.get(0);
  }

  int auxiliary() {
    return numbers.get(1);
  }

  void describe(JsonObjectBuilder ports) {
    for (int i = 0; i < NAMES.size(); i++) {
      ports.add(NAMES.get(i), numbers.get(i));
    }
  }

  void release() {
    leased.forEach(pool::release);
    leased.clear();
  }
}
