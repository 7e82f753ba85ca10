package io.patchbay.emulators.virtualbox;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.VirtualBoxConfig;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.StandIn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** VirtualBox as far as the stand-in for VBoxManage is it. */
final class TestVirtualBox {
  private TestVirtualBox() {}

  static VirtualBoxConnector connector(ResourceAdapter adapter, StandIn tool) {
    return connector(adapter, tool, Duration.ofSeconds(60));
  }

  static VirtualBoxConnector connector(ResourceAdapter adapter, StandIn tool, Duration patience) {
    return new VirtualBoxConnector(
        adapter, new VirtualBoxConfig(tool.program().toString(), Duration.ofMillis(300)), patience);
  }

  /** Makes a machine as somebody does in VirtualBox, unless there is one of that name. */
  static void make(StandIn tool, String name, String... differences) {
    List<String> arguments = new ArrayList<>(List.of("make", name, id(name)));
    arguments.addAll(List.of(differences));
    tool.run(arguments.toArray(String[]::new));
  }

  /** Of such a machine. */
  static String id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  static List<ProcessHandle> processes(String id) {
    return NodeProcesses.mentioning("--startvm " + id);
  }
}
