package io.patchbay.emulators.vmware;

import io.patchbay.emulators.vm.VmLab;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.testkit.StandIn;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Machines of VMware's, with a stand-in for vmrun. */
abstract class VmwareLab extends VmLab {
  VmwareConnector connector;

  @BeforeAll
  static void plug() {
    TestVmware.plugNetworks();
  }

  @AfterAll
  static void unplug() {
    TestVmware.unplugNetworks();
  }

  @BeforeEach
  void openConnector() {
    connector = TestVmware.connector(compute.adapter(), tool, Duration.ofSeconds(60), true);
  }

  @Override
  protected StandIn install(Path programs) {
    return StandIn.vmware(programs);
  }

  @Override
  protected EmulatorConnector connector() {
    return connector;
  }

  @Override
  public JsonObjectBuilder settings(String name) {
    return TestVmware.settings(tool, name);
  }

  /** One of a server that is not local. */
  final VmwareConnector connector(String vmrun, String hostType) {
    return new VmwareConnector(
        compute.adapter(),
        TestVmware.config(Path.of(vmrun), hostType),
        Duration.ofSeconds(60),
        TestVmware.home(tool),
        false);
  }
}
