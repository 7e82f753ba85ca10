package io.patchbay.emulators.iou;

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
 * The console of a node.
 *
 * @param log what it printed
 */
record IouConsole(ConsoleLine line, ConsoleLog log) {
  /**
   * The one that a request asks for.
   *
   * @param directory of the node
   * @throws LabException (CONFLICT) if there is no port for it
   */
  static IouConsole of(ResourceAdapter adapter, Path directory, JsonObject body) {
    ConsolePort port =
        new ConsolePort(
            adapter.consolePorts(), body.getString("console_type", "telnet"), number(body), false);
    return new IouConsole(
        new ConsoleLine(adapter.config().consoleAddress(), port),
        adapter.consoleLogs().of(directory));
  }

  private static OptionalInt number(JsonObject body) {
    return body.get("console") instanceof JsonNumber value
        ? OptionalInt.of(value.intValue())
        : OptionalInt.empty();
  }

  /**
   * Changes what a request says; a console that is open goes on where it is.
   *
   * @throws LabException (CONFLICT) if it is open and its type would change; nothing has changed
   *     then
   */
  void update(JsonObject body) {
    if (body.get("console_type") instanceof JsonString type) {
      if (line.isOpen() && !type.getString().equals(line.port().type())) {
        throw LabException.conflict(
            "The node must be stopped to change its console to " + type.getString());
      }
      line.port().changeType(type.getString());
    }
    number(body).ifPresent(line.port()::changePort);
  }

  void release() {
    line.port().release();
    log.close();
  }

  void describe(JsonObjectBuilder node) {
    line.port().describe(node);
  }
}
