package io.patchbay.emulators.wan;

import io.patchbay.netstack.device.FrameRelaySwitch;
import io.patchbay.netstack.device.FrameRelaySwitch.Circuit;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.spi.DataLinkType;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;

/** A Frame Relay switch; its mappings are such as {@code "1:101": "2:202"}: port and DLCI. */
final class FrameRelayDevice implements WanDevice {
  private final FrameRelaySwitch device = new FrameRelaySwitch();

  @Override
  public DataLinkType captures() {
    return DataLinkType.FRELAY;
  }

  @Override
  public void configure(JsonObject mappings) {
    Map<Circuit, Circuit> circuits = new HashMap<>();
    for (Map.Entry<String, JsonValue> mapping : mappings.entrySet()) {
      CircuitEnd.Pair ends = CircuitEnd.pair(mapping, FrameRelaySwitch.MAX_DLCI);
      CircuitEnd.connect(circuits, circuit(ends.one()), circuit(ends.other()), mapping.getKey());
    }
    device.configure(circuits);
  }

  private static Circuit circuit(CircuitEnd end) {
    int dlci = end.numbers().getFirst();
    if (dlci == 0) {
      throw CircuitEnd.wrong("DLCI 0 is for the management of the link");
    }
    return new Circuit(end.port(), dlci);
  }

  @Override
  public void attach(int port, LinkEnd end) {
    device.attach(port, end);
  }

  @Override
  public void detach(int port) {
    device.detach(port);
  }
}
