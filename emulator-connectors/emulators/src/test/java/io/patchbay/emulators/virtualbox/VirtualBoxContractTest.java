package io.patchbay.emulators.virtualbox;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Behaviour;
import io.patchbay.testkit.ConnectorContract;
import io.patchbay.testkit.Passage;
import io.patchbay.testkit.StandIn;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** With a stand-in for VBoxManage. */
class VirtualBoxContractTest extends ConnectorContract {
  private static final PortAddress PORT = new PortAddress(0, 0);

  @TempDir private Path directory;
  private StandIn tool;

  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    tool = StandIn.virtualBox(directory);
    return TestVirtualBox.connector(adapter, tool);
  }

  @AfterEach
  void endMachines() {
    tool.end();
  }

  @Override
  protected Set<Behaviour> lacks() {
    return Set.of(Behaviour.ONE_LINK_PER_PORT, Behaviour.FIXED_PORTS, Behaviour.FILES);
  }

  @Override
  protected JsonObject settings(String name) {
    TestVirtualBox.make(tool, name);
    return VirtualBoxLab.withoutMachine(name).build();
  }

  @Override
  protected List<ProcessHandle> processes(JsonObject node) {
    return TestVirtualBox.processes(TestVirtualBox.id(node.getString("vmname")));
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
