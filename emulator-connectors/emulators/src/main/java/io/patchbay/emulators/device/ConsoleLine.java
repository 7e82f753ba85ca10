package io.patchbay.emulators.device;

import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.console.SharedConsole;
import io.patchbay.runtime.console.TelnetServer;
import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.ConsoleViewer;
import io.patchbay.spi.LabException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A console of a node, or another serial line of it, as people come to it. Changes come under the
 * node's lock; viewers come at any time.
 */
public final class ConsoleLine {
  private final InetAddress host;
  private final ConsolePort port;
  private volatile Optional<SharedConsole> relay = Optional.empty();
  private Optional<TelnetServer> server = Optional.empty();

  /**
   * @param host the address that it listens on
   */
  public ConsoleLine(InetAddress host, ConsolePort port) {
    this.host = host;
    this.port = port;
  }

  /** Its settings. */
  public ConsolePort port() {
    return port;
  }

  /**
   * Opens it for a node that runs.
   *
   * @throws LabException (CONFLICT) if the port is taken
   */
  public void open(SharedConsole line) {
    if (port.listening().isPresent()) {
      server =
          Optional.of(
              TelnetServer.listen(
                  new InetSocketAddress(host, port.listening().getAsInt()), line::join));
    }
    relay = Optional.of(line);
  }

  /** Cuts everybody off, and listens no longer. */
  public void close() {
    relay = Optional.empty();
    server.ifPresent(TelnetServer::close);
    server = Optional.empty();
  }

  public boolean isOpen() {
    return relay.isPresent();
  }

  /** Cuts everybody off. */
  public void reset() {
    server.ifPresent(TelnetServer::dropClients);
    relay.ifPresent(SharedConsole::dropViewers);
  }

  /**
   * See {@link io.patchbay.spi.ConsoleSource#join}.
   *
   * @param name of the node
   */
  public ConsoleSession join(String name, ConsoleViewer viewer) {
    requireOpen(name);
    return relay.orElseThrow().join(viewer);
  }

  /**
   * @throws LabException (CONFLICT) if the node does not run
   */
  public void requireOpen(String name) {
    if (relay.isEmpty()) {
      throw LabException.conflict("Node " + name + " is not started");
    }
  }
}
