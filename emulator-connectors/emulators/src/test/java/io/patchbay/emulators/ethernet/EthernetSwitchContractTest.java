package io.patchbay.emulators.ethernet;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.testkit.Behaviour;
import io.patchbay.testkit.ConnectorContract;
import io.patchbay.testkit.Passage;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

class EthernetSwitchContractTest extends ConnectorContract {
  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    return new EthernetSwitchConnector(adapter);
  }

  @Override
  protected Set<Behaviour> lacks() {
    return Set.of(
        Behaviour.START_AND_STOP,
        Behaviour.PROCESS,
        Behaviour.FIXED_PORTS,
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

  @Override
  protected Map.Entry<String, String> conversation() {
    return Map.entry("show ports", "Ethernet7     access  1");
  }
}
