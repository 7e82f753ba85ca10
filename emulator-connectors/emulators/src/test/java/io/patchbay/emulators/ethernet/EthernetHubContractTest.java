package io.patchbay.emulators.ethernet;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.testkit.Behaviour;
import io.patchbay.testkit.ConnectorContract;
import io.patchbay.testkit.Passage;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;

class EthernetHubContractTest extends ConnectorContract {
  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    return new EthernetHubConnector(adapter);
  }

  @Override
  protected Set<Behaviour> lacks() {
    return Set.of(
        Behaviour.START_AND_STOP,
        Behaviour.PROCESS,
        Behaviour.CONSOLE,
        Behaviour.FILTERS,
        Behaviour.FILES);
  }

  @Override
  protected JsonObject settings(String name) {
    return Json.createObjectBuilder().add("name", name).build();
  }

  @Override
  protected List<Passage> passages() {
    return BridgePassages.all();
  }
}
