package io.patchbay.emulators.iou;

import io.patchbay.emulators.device.ConsoleLine;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.log.ConsoleLog;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;

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
    return new IouConsole(
        new ConsoleLine(
            adapter.config().consoleAddress(), ConsolePort.of(adapter.consolePorts(), body)),
        adapter.consoleLogs().of(directory));
  }

  /**
   * Changes what a request says; a console that is open goes on where it is.
   *
   * @param node its name
   * @throws LabException (CONFLICT) if it is open and its type would change; nothing has changed
   *     then
   */
  void update(JsonObject body, String node) {
    if (line.isOpen()) {
      line.port().requireSameType(body, node);
    }
    line.port().update(body);
  }

  void release() {
    line.port().release();
    log.close();
  }

  void describe(JsonObjectBuilder node) {
    line.port().describe(node);
  }
}
