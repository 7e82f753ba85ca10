package io.patchbay.emulators.qemu;

import io.patchbay.emulators.device.ConsoleLine;
import io.patchbay.emulators.qemu.machine.GuestConsole;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.console.ConsoleRelay;
import io.patchbay.runtime.console.TcpConsole;
import io.patchbay.runtime.console.TelnetServer;
import io.patchbay.runtime.log.ConsoleLog;
import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.ConsoleViewer;
import io.patchbay.spi.LabException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How people come to a machine: telnet is served here and shared, while QEMU itself serves a
 * screen. One more serial port can be come to beside it, by telnet alone. Changes come under the
 * node's lock; viewers come at any time.
 */
final class MachineConsole {
  /** A number, of the TCP port by which one comes to one more serial port. */
  static final String AUX = "aux";

  private static final String TELNET = "telnet";

  private final InetAddress host;
  private final ConsolePort port;
  private final ConsoleLine auxiliary;
  private final ConsoleLog log;
  private volatile Optional<ConsoleRelay> relay = Optional.empty();
  private volatile Optional<InetSocketAddress> screen = Optional.empty();
  private Optional<TelnetServer> server = Optional.empty();

  /**
   * @param auxiliary port of one more serial port, of type {@code none} if there is none
   */
  MachineConsole(InetAddress host, ConsolePort port, ConsolePort auxiliary, ConsoleLog log) {
    this.host = host;
    this.port = port;
    this.auxiliary = new ConsoleLine(host, auxiliary);
    this.log = log;
  }

  ConsolePort port() {
    return port;
  }

  /**
   * @throws LabException (CONFLICT) if a request changes what a machine that runs was started with
   */
  void requireUnchanged(JsonObject body, String name) {
    port.requireSameType(body, name);
    if (body.get(AUX) instanceof JsonNumber aux
        && !auxiliary.port().listening().equals(OptionalInt.of(aux.intValue()))) {
      throw LabException.conflict("\"" + name + "\" must be stopped to change its auxiliary port");
    }
  }

  /** Takes over what a request says; a port that is open is served where it is. */
  void change(JsonObject body) {
    port.update(body);
    auxiliary.port().updateAuxiliary(body);
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

  /** Where QEMU is to provide one more serial port. */
  Optional<Path> wantedAuxiliary(QemuSockets sockets) {
    return auxiliary.port().listening().isPresent()
        ? Optional.of(sockets.auxiliary())
        : Optional.empty();
  }

  /**
   * Opens it for a machine that runs.
   *
   * @param serial its first serial port, if that is the console
   * @param more the next one, if it has it
   * @throws LabException (CONFLICT) if a port is taken
   */
  void open(Optional<ConsoleRelay> serial, Optional<ConsoleRelay> more) {
    more.ifPresent(auxiliary::open);
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
    auxiliary.close();
    relay = Optional.empty();
    screen = Optional.empty();
    server.ifPresent(TelnetServer::close);
    server = Optional.empty();
  }

  /** Cuts everybody off; a screen's viewers are QEMU's own. */
  void reset() {
    auxiliary.reset();
    server.ifPresent(TelnetServer::dropClients);
    relay.ifPresent(ConsoleRelay::dropViewers);
  }

  /** Gives the ports back. */
  void release() {
    port.release();
    auxiliary.port().release();
    log.close();
  }

  /** Adds {@code console}, {@code console_type} and, if there is one, {@code aux}. */
  void describe(JsonObjectBuilder node) {
    port.describe(node);
    auxiliary.port().listening().ifPresent(number -> node.add(AUX, number));
  }

  /**
   * Adds a viewer. One of a screen has a connection of its own to QEMU and speaks VNC with it.
   *
   * @throws LabException (CONFLICT) if there is nothing to join
   */
  ConsoleSession join(String name, ConsoleViewer viewer) {
    Optional<ConsoleRelay> serial = relay;
    if (serial.isPresent()) {
      return serial.get().join(viewer);
    }
    requireOpen(name);
    return TcpConsole.connect(screen.orElseThrow(), viewer::show, viewer::closed);
  }

  void requireOpen(String name) {
    if (relay.isEmpty() && screen.isEmpty()) {
      throw LabException.conflict(
          "Node " + name + " is not started, or has no console that can be joined");
    }
  }
}
