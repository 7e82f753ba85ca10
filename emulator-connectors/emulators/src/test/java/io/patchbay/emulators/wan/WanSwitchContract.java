package io.patchbay.emulators.wan;

import io.patchbay.spi.Json;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Behaviour;
import io.patchbay.testkit.ConnectorContract;
import io.patchbay.testkit.Passage;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Arrays;
import java.util.Set;

/** What Frame Relay and ATM switches have in common. */
abstract class WanSwitchContract extends ConnectorContract {
  @Override
  protected final Set<Behaviour> lacks() {
    return Set.of(
        Behaviour.START_AND_STOP,
        Behaviour.PROCESS,
        Behaviour.CONSOLE,
        Behaviour.FIXED_PORTS,
        Behaviour.FILTERS,
        Behaviour.FILES);
  }

  abstract JsonObjectBuilder mappings();

  @Override
  protected final JsonObject settings(String name) {
    return Json.createObjectBuilder().add("name", name).add("mappings", mappings()).build();
  }

  static Passage passage(int from, byte[] sent, int to, byte[] arrives) {
    return new Passage(
        new PortAddress(0, from),
        sent,
        new PortAddress(0, to),
        frame -> Arrays.equals(frame, arrives));
  }
}
