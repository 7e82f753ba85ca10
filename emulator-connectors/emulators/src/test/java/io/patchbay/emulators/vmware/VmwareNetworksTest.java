package io.patchbay.emulators.vmware;

import static io.patchbay.testkit.Nodes.refusal;
import static io.patchbay.testkit.Nodes.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import io.patchbay.spi.VmnetSource;
import io.patchbay.testkit.UdpPeer;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** How machines of VMware's are wired, and what is left of that in their files. */
class VmwareNetworksTest extends VmwareLab {
  @Test
  void theSettingsFileIsTheLabsWhileItRunsAndAsItWasAfterwards() throws IOException {
    Path vmx = TestVmware.make(tool, "R1");
    String before = Files.readString(vmx);
    JsonObjectBuilder own =
        Json.createObjectBuilder()
            .add("adapter_number", 1)
            .add("adapter_type", "vmxnet3")
            .add("mac_address", "00:50:56:00:00:01");
    try (EmulatedNode node =
        node(
            settings("R1")
                .add("adapters", 2)
                .add("adapter_type", "default")
                .add("custom_adapters", Json.createArrayBuilder().add(own)))) {
      node.start();
      VmwareFile running = VmwareFile.read(vmx);
      assertEquals("custom", running.get("ethernet0.connectionType").orElseThrow());
      assertEquals("e1000", running.get("ethernet0.virtualDev").orElseThrow());
      assertEquals("vmnet201", running.get("ethernet0.vnet").orElseThrow());
      assertEquals("vmnet202", running.get("ethernet1.vnet").orElseThrow());
      assertEquals("vmxnet3", running.get("ethernet1.virtualDev").orElseThrow());
      assertEquals("00:50:56:00:00:01", running.get("ethernet1.address").orElseThrow());
      assertEquals("pipe", running.get("serial0.fileType").orElseThrow());
      node.stop();
    }
    assertEquals(
        before + "ethernet0.generatedAddress = \"00:0c:29:00:00:01\"\n", Files.readString(vmx));
  }

  @Test
  void networksAreForOneAdapterAndRunOut() {
    EmulatedNode first = node(settings("R1").add("adapters", 2));
    try (EmulatedNode second = node(settings("R2").add("adapters", 2))) {
      try (first) {
        assertEquals("vmnet201", ((VmnetSource) first).reserveVmnet());
        first.start();
        assertTrue(refusal(second::start).contains("vmnet203"));
        assertEquals("stopped", status(second));
      }
      second.start();
    }
  }

  @Test
  void aNetworkThatGoesIsTold() {
    UdpPeer peer = peer();
    try (EmulatedNode node = node(settings("R1"))) {
      node.start();
      TestVmware.unplugNetworks();
      assertTrue(refusal(() -> node.attach(PORT, peer.nio())).contains("no network interface"));
      assertEquals("started", status(node));
      node.stop();
      assertTrue(refusal(node::start).contains("network editor"));
    } finally {
      TestVmware.plugNetworks();
      compute.adapter().udpPorts().release(peer.nio().localPort());
      peer.close();
    }
  }
}
