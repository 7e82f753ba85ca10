package io.patchbay.emulators.iou;

import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.console.TelnetServer;
import io.patchbay.runtime.console.TerminalRelay;
import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.LabException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The console of a node, as people come to it. Changes come under the node's lock; viewers come at
 * any time.
 */
final class IouConsole {
  private final InetAddress host;
  private final ConsolePort port;
  private volatile Optional<TerminalRelay> relay = Optional.empty();
  private Optional<TelnetServer> server = Optional.empty();

  /**
   * @param body of the request that makes the node
   * @throws LabException (CONFLICT) if there is no port for it
   */
  IouConsole(ResourceAdapter adapter, JsonObject body) {
    host = adapter.config().consoleAddress();
    port =
        new ConsolePort(
            adapter.consolePorts(), body.getString("console_type", "telnet"), number(body), false);
  }

  private static OptionalInt number(JsonObject body) {
    return body.get("console") instanceof JsonNumber value
        ? OptionalInt.of(value.intValue())
        : OptionalInt.empty();
  }

  /**
   * Changes what a request says; a console that is open goes on where it is.
   *
   * @throws LabException (CONFLICT) if it is open and its type would change
   */
  void update(JsonObject body) {
    requireChangeable(body);
    if (body.get("console_type") instanceof JsonString type) {
      port.changeType(type.getString());
    }
    number(body).ifPresent(port::changePort);
  }

  void requireChangeable(JsonObject body) {
    if (relay.isPresent()
        && body.get("console_type") instanceof JsonString type
        && !type.getString().equals(port.type())) {
      throw LabException.conflict(
          "The node must be stopped to change its console to " + type.getString());
    }
  }

  /**
   * Opens it for an instance that runs.
   *
   * @throws LabException (CONFLICT) if the port is taken
   */
  void open(TerminalRelay terminal) {
    if (port.listening().isPresent()) {
      server =
          Optional.of(
              TelnetServer.listen(
                  new InetSocketAddress(host, port.listening().getAsInt()), terminal::join));
    }
    relay = Optional.of(terminal);
  }

  void close() {
    relay = Optional.empty();
    server.ifPresent(TelnetServer::close);
    server = Optional.empty();
  }

  /** Cuts everybody off. */
  void reset() {
    server.ifPresent(TelnetServer::dropClients);
    relay.ifPresent(TerminalRelay::dropViewers);
  }

  void release() {
    port.release();
  }

  ConsoleSession join(String name, Consumer<byte[]> output, Runnable closed) {
    return require(name).join(output, closed);
  }

  TerminalRelay require(String name) {
    return relay.orElseThrow(() -> LabException.conflict("Node " + name + " is not started"));
  }

  void describe(JsonObjectBuilder node) {
    port.describe(node);
  }
}
