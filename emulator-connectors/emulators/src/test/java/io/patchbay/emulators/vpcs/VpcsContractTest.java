package io.patchbay.emulators.vpcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Behaviour;
import io.patchbay.testkit.ConnectorContract;
import io.patchbay.testkit.Passage;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With the VPCS that is installed; skipped if none is. */
class VpcsContractTest extends ConnectorContract {
  private static final PortAddress PORT = new PortAddress(0, 0);
  private static final String ADDRESS = "10.77.0.1";

  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    return new VpcsConnector(adapter);
  }

  @Override
  protected Set<Behaviour> lacks() {
    return Set.of(Behaviour.ONE_LINK_PER_PORT);
  }

  @Override
  protected JsonObject settings(String name) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("startup_script", "ip " + ADDRESS + "/24\n")
        .build();
  }

  @Override
  protected List<Passage> passages() {
    return List.of(Passage.answeredArp(PORT, ADDRESS));
  }

  @Override
  protected Map.Entry<String, String> conversation() {
    return Map.entry("show ip", "GATEWAY");
  }

  @Test
  void consoleOfAPcThatRunsStaysWhatItIs() {
    JsonObject none = Json.createObjectBuilder().add("console_type", "none").build();
    try (EmulatedNode node = create("N1")) {
      node.start();
      LabException refused = assertThrows(LabException.class, () -> node.update(none));
      assertEquals(ErrorCode.CONFLICT, refused.code());
      assertEquals("telnet", node.describe().getString("console_type"));
      node.stop();
      node.update(none);
      assertEquals("none", node.describe().getString("console_type"));
    }
  }
}
