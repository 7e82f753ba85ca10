package io.patchbay.emulators.wan;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.testkit.Passage;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

class FrameRelaySwitchContractTest extends WanSwitchContract {
  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    return WanSwitchConnector.frameRelay(adapter);
  }

  @Override
  protected DataLinkType captures() {
    return DataLinkType.FRELAY;
  }

  @Override
  JsonObjectBuilder mappings() {
    return Json.createObjectBuilder().add("1:101", "2:202").add("1:1023", "3:16");
  }

  @Override
  protected List<Passage> passages() {
    return List.of(
        passage(1, frame(101), 2, frame(202)),
        passage(2, frame(202), 1, frame(101)),
        passage(1, frame(1023), 3, frame(16)),
        passage(3, frame(16), 1, frame(1023)));
  }

  /** A frame of ten octets, header included: those of serial lines may be short. */
  private static byte[] frame(int dlci) {
    byte[] frame = {0, 1, 3, (byte) 0xcc, 1, 2, 3, 4, 5, 6};
    frame[0] |= (byte) (dlci >> 4 << 2);
    frame[1] |= (byte) ((dlci & 0x0f) << 4);
    return frame;
  }
}
