package io.patchbay.emulators.vmware;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.VmwareConfig;
import io.patchbay.spi.Json;
import io.patchbay.testkit.StandIn;
import io.patchbay.testkit.VirtualCables;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** VMware as far as the stand-in for vmrun is it, and its networks. */
final class TestVmware {
  static final int FIRST_VMNET = 201;
  static final int LAST_VMNET = 203;

  private static final String MACHINE =
      """
      .encoding = "UTF-8"
      displayName = "%s"
      memsize = "512"
      ethernet0.present = "TRUE"
      ethernet0.connectionType = "hostonly"
      # somebody's remark
      guestOS = "other-64"
      """;

  private TestVmware() {}

  static VmwareConnector connector(
      ResourceAdapter adapter, StandIn tool, Duration patience, boolean local) {
    return new VmwareConnector(adapter, config(tool.program(), "ws"), patience, home(tool), local);
  }

  static VmwareConfig config(Path vmrun, String hostType) {
    return new VmwareConfig(
        vmrun.toString(), hostType, FIRST_VMNET, LAST_VMNET, true, Duration.ofMillis(300));
  }

  /** Where the user's files of VMware's are. */
  static Path home(StandIn tool) {
    return tool.program().getParent();
  }

  /** What a request says of a node that has the machine of this name, which is made. */
  static JsonObjectBuilder settings(StandIn tool, String name) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("vmx_path", make(tool, name).toString())
        .add("linked_clone", false)
        .add("adapters", 1)
        .add("use_any_adapter", true)
        .add("headless", true);
  }

  /** Makes a machine as somebody does in VMware, unless there is one of that name. */
  static Path make(StandIn tool, String name) {
    Path vmx = home(tool).resolve("machines/" + name + "/" + name + ".vmx");
    Path list = home(tool).resolve(".vmware/inventory.vmls");
    try {
      if (!Files.exists(vmx)) {
        Files.createDirectories(vmx.getParent());
        Files.writeString(vmx, MACHINE.formatted(name));
        Files.createDirectories(list.getParent());
        int number = Files.exists(list) ? Files.readAllLines(list).size() : 1;
        Files.writeString(
            list,
            "vmlist%1$d.config = \"%2$s\"%nvmlist%1$d.DisplayName = \"%3$s\"%n"
                .formatted(number, vmx, name),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
      return vmx;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes virtual cables in the place of VMware's networks; skips the test where none can be. */
  static void plugNetworks() {
    assumeTrue(VirtualCables.plug(FIRST_VMNET, LAST_VMNET), "virtual cables cannot be made here");
  }

  static void unplugNetworks() {
    VirtualCables.unplug(FIRST_VMNET, LAST_VMNET);
  }
}
