package io.patchbay.emulators.wan;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.testkit.Passage;
import jakarta.json.JsonObjectBuilder;
import java.util.HexFormat;
import java.util.List;

class AtmSwitchContractTest extends WanSwitchContract {
  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    return WanSwitchConnector.atm(adapter);
  }

  @Override
  protected DataLinkType captures() {
    return DataLinkType.ATM_RFC1483;
  }

  @Override
  JsonObjectBuilder mappings() {
    return Json.createObjectBuilder().add("1:0:100", "2:0:200").add("1:10", "3:4095");
  }

  @Override
  protected List<Passage> passages() {
    return List.of(
        passage(1, cell("00000642e2"), 2, cell("00000c822e")),
        passage(2, cell("00000c822e"), 1, cell("00000642e2")),
        passage(1, cell("00a004d077"), 3, cell("fff004d082")));
  }

  /** A cell with its checksum, as a Cisco 7200 sends it. */
  private static byte[] cell(String header) {
    byte[] cell = new byte[53];
    byte[] octets = HexFormat.of().parseHex(header);
    System.arraycopy(octets, 0, cell, 0, octets.length);
    cell[52] = 7;
    return cell;
  }
}
