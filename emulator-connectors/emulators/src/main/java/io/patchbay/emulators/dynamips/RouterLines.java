package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.device.ConsoleLine;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.log.ConsoleLog;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;

/**
 * The serial lines of a router.
 *
 * @param log what the console printed
 */
record RouterLines(ConsoleLine console, ConsoleLine auxiliary, ConsoleLog log) {
  /**
   * Those that a request asks for.
   *
   * @param directory of the node
   * @throws LabException (CONFLICT) if there are not enough ports; none is taken then
   */
  static RouterLines of(ResourceAdapter adapter, Path directory, JsonObject body) {
    ConsolePort console = ConsolePort.of(adapter.consolePorts(), body);
    try {
      ConsolePort auxiliary = ConsolePort.auxiliary(adapter.consolePorts(), body);
      return new RouterLines(
          new ConsoleLine(adapter.config().consoleAddress(), console),
          new ConsoleLine(adapter.config().consoleAddress(), auxiliary),
          adapter.consoleLogs().of(directory));
    } catch (LabException none) {
      console.release();
      throw none;
    }
  }

  /** Changes what a request says; a line that is open stays as it is. */
  void update(JsonObject body) {
    console.port().update(body);
    auxiliary.port().updateAuxiliary(body);
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
