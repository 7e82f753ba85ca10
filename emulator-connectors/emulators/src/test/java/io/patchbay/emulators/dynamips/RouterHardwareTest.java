package io.patchbay.emulators.dynamips;

import static io.patchbay.testkit.Nodes.change;
import static io.patchbay.testkit.Nodes.refusal;
import static io.patchbay.testkit.Nodes.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.CaptureRequest;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.UdpPeer;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What routers are built of, before they start and while they run. */
class RouterHardwareTest extends RouterLab {
  /** The real hardware check is Dynamips' own: it refuses to start what cannot be. */
  @ParameterizedTest
  @CsvSource({
    "c1700,1760,wic0,WIC-1ENET",
    "c2600,2651XM,slot1,NM-16ESW",
    "c2691,,slot1,NM-4T",
    "c3600,3660,slot6,NM-4E",
    "c3725,,wic2,WIC-2T",
    "c3745,,slot4,NM-1FE-TX"
  })
  void everyPlatformIsBuilt(String platform, String chassis, String place, String card) {
    JsonObjectBuilder settings =
        Json.createObjectBuilder()
            .add("name", "R1")
            .add("platform", platform)
            .add("image", TestRouter.IMAGE)
            .add("ram", 64)
            .add(place, card);
    if (chassis != null) {
      settings.add("chassis", chassis);
    }
    try (EmulatedNode node = create(settings)) {
      UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
      node.attach(new PortAddress(0, 0), peer.nio());
      node.start();
      assertEquals("started", status(node));
      assertEquals(card, node.describe().getString(place));
      peer.close();
    }
  }

  @Test
  void portAdaptersOfEveryKindAreBuilt() {
    JsonObjectBuilder settings =
        TestRouter.settings("R1")
            .add("npe", "npe-400")
            .add("slot0", "C7200-IO-2FE")
            .add("slot1", "PA-4E")
            .add("slot2", "PA-4T+")
            .add("slot3", "PA-A1")
            .add("slot4", "PA-POS-OC3")
            .add("slot5", "PA-GE")
            .add("slot6", "PA-8T");
    try (EmulatedNode node = create(settings)) {
      node.start();
      List<UdpPeer> peers =
          Stream.of("0/1", "1/3", "2/3", "3/0", "4/0", "5/0", "6/7")
              .map(port -> port.split("/"))
              .map(port -> new PortAddress(Integer.parseInt(port[0]), Integer.parseInt(port[1])))
              .map(
                  port -> {
                    UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
                    node.attach(port, peer.nio());
                    return peer;
                  })
              .toList();
      PortAddress serial = new PortAddress(2, 3);
      refusal(() -> node.startCapture(serial, new CaptureRequest("x", DataLinkType.EN10MB)));
      for (DataLinkType type :
          List.of(DataLinkType.C_HDLC, DataLinkType.PPP_SERIAL, DataLinkType.FRELAY)) {
        node.startCapture(serial, new CaptureRequest("x", type));
        node.stopCapture(serial);
      }
      assertTrue(
          refusal(() -> node.attach(new PortAddress(2, 4), peers.getFirst().nio()))
              .contains("does not exist"));
      peers.forEach(UdpPeer::close);
    }
  }

  @Test
  void cardsMoveWhileItRuns() {
    try (EmulatedNode node = create(TestRouter.settings("R1"))) {
      node.start();
      PortAddress port = new PortAddress(1, 0);
      UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
      refusal(() -> node.attach(port, peer.nio()));
      node.update(change("slot1", "PA-4T+"));
      node.attach(port, peer.nio());
      assertTrue(refusal(() -> node.update(change("slot1", "PA-4E"))).contains("1/0"));
      assertEquals("PA-4T+", node.describe().getString("slot1"));
      node.detach(port);
      node.update(Json.createObjectBuilder().add("slot1", JsonValue.NULL).build());
      assertTrue(node.describe().isNull("slot1"));
      assertTrue(refusal(() -> node.update(change("slot0", "C7200-IO-2FE"))).contains("running"));
      assertTrue(refusal(() -> node.update(change("npe", "npe-400"))).contains("NPE"));
      peer.close();
    }
  }

  @Test
  void environmentAndRestOfARunningRouterChange() {
    try (EmulatedNode node = create(TestRouter.settings("R1"))) {
      node.start();
      JsonObject hot =
          Json.createObjectBuilder()
              .add("sensors", Json.createArrayBuilder(List.of(22, 60, 22, -5)))
              .add("power_supplies", Json.createArrayBuilder(List.of(1, 0)))
              .add("idlemax", 1000)
              .add("idlesleep", 10)
              .add("idlepc", "0x60000000")
              .add("ram", 128)
              .build();
      node.update(hot);
      hot.forEach((name, value) -> assertEquals(value, node.describe().get(name), name));
      node.reload();
      assertEquals("started", status(node));
    }
  }
}
