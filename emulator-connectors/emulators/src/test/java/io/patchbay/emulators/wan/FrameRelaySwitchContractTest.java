package io.patchbay.emulators.wan;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Behaviour;
import io.patchbay.testkit.ConnectorContract;
import io.patchbay.testkit.Passage;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

class FrameRelaySwitchContractTest extends ConnectorContract {
  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    return WanSwitchConnector.frameRelay(adapter);
  }

  @Override
  protected Set<Behaviour> lacks() {
    return Set.of(
        Behaviour.START_AND_STOP,
        Behaviour.PROCESS,
        Behaviour.CONSOLE,
        Behaviour.FIXED_PORTS,
        Behaviour.FILTERS,
        Behaviour.FILES);
  }

  @Override
  protected DataLinkType captures() {
    return DataLinkType.FRELAY;
  }

  @Override
  protected JsonObject settings(String name) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("mappings", Json.createObjectBuilder().add("1:101", "2:202").add("1:1023", "3:16"))
        .build();
  }

  @Override
  protected List<Passage> passages() {
    return List.of(
        passage(1, frame(101), 2, frame(202)),
        passage(2, frame(202), 1, frame(101)),
        passage(1, frame(1023), 3, frame(16)),
        passage(3, frame(16), 1, frame(1023)));
  }

  private static Passage passage(int from, byte[] sent, int to, byte[] arrives) {
    return new Passage(
        new PortAddress(0, from),
        sent,
        new PortAddress(0, to),
        frame -> Arrays.equals(frame, arrives));
  }

  /** A frame of ten octets, header included: those of serial lines may be short. */
  private static byte[] frame(int dlci) {
    byte[] frame = {0, 1, 3, (byte) 0xcc, 1, 2, 3, 4, 5, 6};
    frame[0] |= (byte) (dlci >> 4 << 2);
    frame[1] |= (byte) ((dlci & 0x0f) << 4);
    return frame;
  }
}
