package io.patchbay.emulators.virtualbox;

import io.patchbay.emulators.vm.VmLab;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.testkit.StandIn;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;

/** Machines of VirtualBox, with a stand-in for VBoxManage. */
abstract class VirtualBoxLab extends VmLab {
  VirtualBoxConnector connector;

  @BeforeEach
  void openConnector() {
    connector = TestVirtualBox.connector(compute.adapter(), tool);
  }

  @Override
  protected StandIn install(Path programs) {
    return StandIn.virtualBox(programs);
  }

  @Override
  protected EmulatorConnector connector() {
    return connector;
  }

  @Override
  public JsonObjectBuilder settings(String name) {
    TestVirtualBox.make(tool, name);
    return withoutMachine(name);
  }

  /** The same, but nothing is made. */
  static JsonObjectBuilder withoutMachine(String name) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("vmname", name)
        .add("adapters", 1)
        .add("headless", true);
  }

  /** What a request says of a node that has a linked clone of the machine "base". */
  JsonObjectBuilder clone(String name) {
    TestVirtualBox.make(tool, "base");
    return withoutMachine(name).add("vmname", "base").add("linked_clone", true);
  }

  final String info(String machine) {
    return tool.run("--nologo", "showvminfo", machine, "--machinereadable");
  }
}
