package io.patchbay.emulators.qemu;

import io.patchbay.emulators.qemu.machine.GuestConsole;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.console.ConsoleRelay;
import io.patchbay.runtime.console.TcpConsole;
import io.patchbay.runtime.console.TelnetServer;
import io.patchbay.runtime.log.ConsoleLog;
import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.LabException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How people come to a machine: telnet is served here and shared, while QEMU itself serves a
 * screen. Changes come under the node's lock; viewers come at any time.
 */
final class MachineConsole {
  private static final String TELNET = "telnet";

  private final InetAddress host;
  private final ConsolePort port;
  private final ConsoleLog log;
  private volatile Optional<ConsoleRelay> relay = Optional.empty();
  private volatile Optional<InetSocketAddress> screen = Optional.empty();
  private Optional<TelnetServer> server = Optional.empty();

  MachineConsole(InetAddress host, ConsolePort port, ConsoleLog log) {
    this.host = host;
    this.port = port;
    this.log = log;
  }

  ConsolePort port() {
    return port;
  }

  /** What a serial console printed. */
  ConsoleLog log() {
    return log;
  }

  /** What QEMU is to provide. */
  GuestConsole wanted(QemuSockets sockets) {
    if (port.listening().isEmpty()) {
      return new GuestConsole.None();
    }
    int number = port.listening().getAsInt();
    return switch (port.type()) {
      case TELNET -> new GuestConsole.Serial(sockets.console());
      case "vnc" -> new GuestConsole.Vnc(host, number);
      case "spice" -> new GuestConsole.Spice(host, number, false);
      case "spice+agent" -> new GuestConsole.Spice(host, number, true);
      default -> throw LabException.conflict("There is no console of type " + port.type());
    };
  }

  /**
   * Opens it for a machine that runs.
   *
   * @param serial its first serial port, if that is the console
   * @throws LabException (CONFLICT) if the port is taken
   */
  void open(Optional<ConsoleRelay> serial) {
    if (serial.isPresent()) {
      serial.get().recordTo(log::append);
      server =
          Optional.of(
              TelnetServer.listen(
                  new InetSocketAddress(host, port.listening().orElseThrow()), serial.get()::join));
    } else if (port.type().equals("vnc")) {
      screen = Optional.of(new InetSocketAddress(host, port.listening().orElseThrow()));
    }
    relay = serial;
  }

  void close() {
    relay = Optional.empty();
    screen = Optional.empty();
    server.ifPresent(TelnetServer::close);
    server = Optional.empty();
  }

  /** Cuts everybody off; a screen's viewers are QEMU's own. */
  void reset() {
    server.ifPresent(TelnetServer::dropClients);
    relay.ifPresent(ConsoleRelay::dropViewers);
  }

  /**
   * Adds a viewer. One of a screen has a connection of its own to QEMU and speaks VNC with it.
   *
   * @throws LabException (CONFLICT) if there is nothing to join
   */
  ConsoleSession join(String name, Consumer<byte[]> output, Runnable closed) {
    Optional<ConsoleRelay> serial = relay;
    if (serial.isPresent()) {
      return serial.get().join(output, closed);
    }
    requireOpen(name);
    return TcpConsole.connect(screen.orElseThrow(), output, closed);
  }

  void requireOpen(String name) {
    if (relay.isEmpty() && screen.isEmpty()) {
      throw LabException.conflict(
          "Node " + name + " is not started, or has no console that can be joined");
    }
  }
}
