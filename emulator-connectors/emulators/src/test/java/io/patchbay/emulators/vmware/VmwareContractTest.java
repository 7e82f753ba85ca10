package io.patchbay.emulators.vmware;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Behaviour;
import io.patchbay.testkit.ConnectorContract;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.Passage;
import io.patchbay.testkit.StandIn;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** With a stand-in for vmrun, and virtual cables for networks; skipped where none can be made. */
class VmwareContractTest extends ConnectorContract {
  private static final PortAddress PORT = new PortAddress(0, 0);

  @TempDir private Path directory;
  private StandIn tool;

  @BeforeAll
  static void plug() {
    TestVmware.plugNetworks();
  }

  @AfterAll
  static void unplug() {
    TestVmware.unplugNetworks();
  }

  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    tool = StandIn.vmware(directory);
    return TestVmware.connector(adapter, tool, Duration.ofSeconds(60), false);
  }

  @AfterEach
  void endMachines() {
    tool.end();
  }

  @Override
  protected Set<Behaviour> lacks() {
    return Set.of(
        Behaviour.ONE_LINK_PER_PORT,
        Behaviour.FIXED_PORTS,
        Behaviour.FILES,
        Behaviour.PORTS_BEFORE_LINKS);
  }

  @Override
  protected JsonObject settings(String name) {
    return TestVmware.settings(tool, name).build();
  }

  @Override
  protected List<ProcessHandle> processes(JsonObject node) {
    return NodeProcesses.mentioning("--machine " + node.getString("vmx_path"));
  }

  @Override
  protected List<Passage> passages() {
    return List.of(Passage.answeredArp(PORT, StandIn.ADDRESS));
  }

  @Override
  protected Map.Entry<String, String> conversation() {
    return Map.entry("hello", "you said HELLO");
  }
}
