package io.patchbay.emulators.vpcs;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.testkit.Behaviour;
import java.util.Set;

/** The engine inside the compute keeps the contract that the program keeps. */
class EmbeddedPcContractTest extends VpcsContractTest {
  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    return new VpcsConnector(adapter, VpcsEngine.EMBEDDED);
  }

  @Override
  protected Set<Behaviour> lacks() {
    return Set.of(Behaviour.ONE_LINK_PER_PORT, Behaviour.PROCESS);
  }
}
