package io.patchbay.emulators.virtualbox;

import static io.patchbay.testkit.Nodes.change;
import static io.patchbay.testkit.Nodes.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObjectBuilder;
import org.junit.jupiter.api.Test;

/** Adapters of machines of VirtualBox. */
class VirtualBoxAdaptersTest extends VirtualBoxLab {
  @Test
  void adaptersAreAsManyAsTheChipsetHas() {
    TestVirtualBox.make(tool, "new", "{\"chipset\": \"ich9\"}");
    assertTrue(refusal(() -> node(settings("old").add("adapters", 9))).contains("piix3"));
    try (EmulatedNode node = node(settings("new").add("adapters", 36))) {
      node.start();
      assertTrue(info("new").contains("nic36=\"Generic\""));
    }
    try (EmulatedNode node = node(settings("old"))) {
      assertTrue(refusal(() -> node.update(change("adapters", 9))).contains("8"));
      assertEquals(1, node.describe().getInt("adapters"));
    }
  }

  @Test
  void adaptersHaveTheirTypesAndAddresses() {
    JsonObjectBuilder own =
        Json.createObjectBuilder()
            .add("adapter_number", 1)
            .add("adapter_type", "Paravirtualized Network (virtio-net)")
            .add("mac_address", "02:00:00:aa:bb:cc");
    try (EmulatedNode node =
        node(
            settings("R1")
                .add("adapters", 2)
                .add("adapter_type", "PCNet-FAST III (Am79C973)")
                .add("custom_adapters", Json.createArrayBuilder().add(own)))) {
      assertFalse(node.describe().containsKey("custom_adapters"));
      node.start();
      assertTrue(isCalled("\"--nictype1\", \"Am79C973\""));
      assertTrue(isCalled("\"--nictype2\", \"virtio\", \"--macaddress2\", \"020000aabbcc\""));
    }
    LabException refused =
        assertThrows(
            LabException.class, () -> node(settings("R1").add("adapter_type", "thick Ethernet")));
    assertEquals(ErrorCode.INVALID, refused.code());
  }
}
