package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.device.ConsoleLine;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.log.ConsoleLog;
import io.patchbay.spi.LabException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The serial lines of a router.
 *
 * @param log what the console printed
 */
record RouterLines(ConsoleLine console, ConsoleLine auxiliary, ConsoleLog log) {
  private static final String TELNET = "telnet";

  /** Without a number for {@code aux} nobody can come to the auxiliary port. */
  private static final String NONE = "none";

  /**
   * Those that a request asks for.
   *
   * @param directory of the node
   * @throws LabException (CONFLICT) if there are not enough ports; none is taken then
   */
  static RouterLines of(ResourceAdapter adapter, Path directory, JsonObject body) {
    ConsolePort console =
        new ConsolePort(
            adapter.consolePorts(),
            body.getString("console_type", TELNET),
            number(body, "console"),
            false);
    try {
      OptionalInt aux = number(body, "aux");
      ConsolePort auxiliary =
          new ConsolePort(adapter.consolePorts(), aux.isPresent() ? TELNET : NONE, aux, false);
      return new RouterLines(
          new ConsoleLine(adapter.config().consoleAddress(), console),
          new ConsoleLine(adapter.config().consoleAddress(), auxiliary),
          adapter.consoleLogs().of(directory));
    } catch (LabException none) {
      console.release();
      throw none;
    }
  }

  private static OptionalInt number(JsonObject body, String name) {
    return body.get(name) instanceof JsonNumber value
        ? OptionalInt.of(value.intValue())
        : OptionalInt.empty();
  }

  /** Changes what a request says; a line that is open stays as it is. */
  void update(JsonObject body) {
    if (body.get("console_type") instanceof JsonString type) {
      console.port().changeType(type.getString());
    }
    number(body, "console").ifPresent(console.port()::changePort);
    number(body, "aux")
        .ifPresent(
            port -> {
              auxiliary.port().changeType(TELNET);
              auxiliary.port().changePort(port);
            });
  }

  /**
   * @throws LabException (CONFLICT) if a port is taken
   */
  void open(RouterConnection connection) {
    connection.console().recordTo(log::append);
    console.open(connection.console());
    auxiliary.open(connection.auxiliary());
  }

  void close() {
    console.close();
    auxiliary.close();
  }

  /** Cuts everybody off. */
  void reset() {
    console.reset();
    auxiliary.reset();
  }

  void release() {
    console.port().release();
    auxiliary.port().release();
    log.close();
  }

  /** Adds {@code console}, {@code console_type} and {@code aux} as the wire has them. */
  void describe(JsonObjectBuilder node) {
    console.port().describe(node);
    auxiliary
        .port()
        .listening()
        .ifPresentOrElse(port -> node.add("aux", port), () -> node.addNull("aux"));
  }
}
