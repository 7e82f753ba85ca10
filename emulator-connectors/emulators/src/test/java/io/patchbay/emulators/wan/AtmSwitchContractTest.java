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
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

class AtmSwitchContractTest extends ConnectorContract {
  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    return WanSwitchConnector.atm(adapter);
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
    return DataLinkType.ATM_RFC1483;
  }

  @Override
  protected JsonObject settings(String name) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("mappings", Json.createObjectBuilder().add("1:0:100", "2:0:200").add("1:10", "3:4095"))
        .build();
  }

  @Override
  protected List<Passage> passages() {
    return List.of(
        passage(1, cell("00000642e2"), 2, cell("00000c822e")),
        passage(2, cell("00000c822e"), 1, cell("00000642e2")),
        passage(1, cell("00a004d077"), 3, cell("fff004d082")));
  }

  private static Passage passage(int from, byte[] sent, int to, byte[] arrives) {
    return new Passage(
        new PortAddress(0, from),
        sent,
        new PortAddress(0, to),
        frame -> Arrays.equals(frame, arrives));
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
