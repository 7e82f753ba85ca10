package io.patchbay.emulators.traceng;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Behaviour;
import io.patchbay.testkit.ConnectorContract;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.Passage;
import io.patchbay.testkit.StandIn;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** With a stand-in for TraceNG, as if this were Windows. */
class TraceNgContractTest extends ConnectorContract {
  private static final PortAddress PORT = new PortAddress(0, 0);
  private static final String ADDRESS = "10.77.0.1";

  @TempDir private Path directory;

  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    StandIn tool = StandIn.traceNg(directory);
    return new TraceNgConnector(adapter, true, tool.program().toString());
  }

  @Override
  protected Set<Behaviour> lacks() {
    return Set.of(Behaviour.CONSOLE, Behaviour.ONE_LINK_PER_PORT);
  }

  @Override
  protected JsonObject settings(String name) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("ip_address", ADDRESS)
        .add("default_destination", "www.example.org")
        .build();
  }

  @Override
  protected List<ProcessHandle> processes(JsonObject node) {
    return NodeProcesses.mentioning(node.getString("command_line"));
  }

  @Override
  protected List<Passage> passages() {
    return List.of(Passage.answeredArp(PORT, ADDRESS));
  }
}
