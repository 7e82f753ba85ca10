package io.patchbay.emulators.dynamips;

import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.console.ConsoleRelay;
import io.patchbay.runtime.console.TelnetServer;
import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.LabException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A serial line of a router, the console or the auxiliary port, as people come to it. Changes come
 * under the node's lock; viewers come at any time.
 */
final class RouterLine {
  private final InetAddress host;
  private final ConsolePort port;
  private volatile Optional<ConsoleRelay> relay = Optional.empty();
  private Optional<TelnetServer> server = Optional.empty();

  RouterLine(InetAddress host, ConsolePort port) {
    this.host = host;
    this.port = port;
  }

  ConsolePort port() {
    return port;
  }

  /**
   * Opens it for a router that runs.
   *
   * @throws LabException (CONFLICT) if the port is taken
   */
  void open(ConsoleRelay line) {
    if (port.listening().isPresent()) {
      server =
          Optional.of(
              TelnetServer.listen(
                  new InetSocketAddress(host, port.listening().getAsInt()), line::join));
    }
    relay = Optional.of(line);
  }

  void close() {
    relay = Optional.empty();
    server.ifPresent(TelnetServer::close);
    server = Optional.empty();
  }

  /** Cuts everybody off. */
  void reset() {
    server.ifPresent(TelnetServer::dropClients);
    relay.ifPresent(ConsoleRelay::dropViewers);
  }

  ConsoleSession join(String name, Consumer<byte[]> output, Runnable closed) {
    requireOpen(name);
    return relay.orElseThrow().join(output, closed);
  }

  void requireOpen(String name) {
    if (relay.isEmpty()) {
      throw LabException.conflict("Node " + name + " is not started");
    }
  }
}
