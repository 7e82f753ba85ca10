package io.patchbay.emulators.dynamips;

import static io.patchbay.emulators.dynamips.LineRouter.LINE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.emulators.wan.WanSwitchConnector;
import io.patchbay.spi.CaptureRequest;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.spi.LinkSettings;
import io.patchbay.spi.Nio;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.router.LineCard;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames on serial, POS and ATM lines, from the chip of one router to that of another. */
class RouterLinesTest extends RouterLab {
  private static final String HDLC = "0f000800";
  private static final String PPP = "ff030021";
  private static final String DLCI_101 = "18510800";
  private static final String DLCI_202 = "30a10800";
  private static final String DLCI_303 = "48f10800";

  /** Header of cells on path 0; then zeros, as the card that sends them wants it. */
  private static final String CHANNEL_100 = "0000064000000000";

  private static final String CHANNEL_200 = "00000c8000000000";

  private static final int ICMP = 1;
  private static final int UDP = 17;

  /** Of a switch, where the first router is. */
  private static final PortAddress PORT = new PortAddress(0, 1);

  private int sent;

  private EmulatedNode router(String name, LineCard card) {
    TestRouter.provide(compute.adapter(), card);
    return create(TestRouter.settings(name, card));
  }

  private EmulatedNode create(EmulatorConnector switches, String from, String to) {
    return switches.create(
        compute.site("S1"),
        Json.createObjectBuilder().add("name", "S1").add("mappings", mapping(from, to)).build());
  }

  private static JsonObject mapping(String from, String to) {
    return Json.createObjectBuilder().add(from, to).build();
  }

  /** Links two ports, and tells what is plugged into the first one. */
  private Nio.Udp link(EmulatedNode one, PortAddress port, EmulatedNode other, PortAddress far) {
    int near = compute.adapter().udpPorts().lease();
    int there = compute.adapter().udpPorts().lease();
    Nio.Udp plug = new Nio.Udp(near, "127.0.0.1", there, LinkSettings.NONE);
    one.attach(port, plug);
    other.attach(far, new Nio.Udp(there, "127.0.0.1", near, LinkSettings.NONE));
    return plug;
  }

  /** Something else each time, from 10.0.0.1 to 10.0.0.2; a multiple of four octets and more. */
  private String packet(int protocol) {
    sent++;
    int odd = sent % 4;
    return "4500001%x%04x0000ff%02x00000a0000010a00000201020304".formatted(8 + odd, sent, protocol)
        + "05".repeat(odd);
  }

  private record Pair(LineRouter one, LineRouter two) implements AutoCloseable {
    @Override
    public void close() {
      one.close();
      two.close();
    }
  }

  /** Two routers that have links to the ports 1 and 2 of a switch. */
  private Pair at(EmulatedNode device, LineCard card) {
    EmulatedNode first = router("R1", card);
    EmulatedNode second = router("R2", card);
    link(device, PORT, first, LINE);
    link(device, new PortAddress(0, 2), second, LINE);
    return new Pair(LineRouter.start(first), LineRouter.start(second));
  }

  private String passes(LineRouter from, LineRouter to, String header, String arrives) {
    String packet = packet(ICMP);
    from.send(header + packet);
    to.awaitReceived(arrives + packet);
    return packet;
  }

  private void assertRecorded(Path capture, DataLinkType type, List<String> frames)
      throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(capture)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(type.number(), file.getInt(20));
    List<String> recorded = new ArrayList<>();
    file.position(24);
    while (file.hasRemaining()) {
      byte[] frame = new byte[file.position(file.position() + 8).getInt()];
      file.position(file.position() + 4).get(frame);
      recorded.add(HexFormat.of().formatHex(frame));
    }
    assertEquals(frames, recorded);
  }

  private static LinkSettings filter(String name, Object value) {
    return new LinkSettings(false, Map.of(name, Json.createArrayBuilder(List.of(value)).build()));
  }

  @ParameterizedTest
  @EnumSource(names = {"SERIAL", "POS"})
  void linesCarryEveryEncapsulation(LineCard card) throws IOException {
    EmulatedNode first = router("R1", card);
    EmulatedNode second = router("R2", card);
    Nio.Udp plug = link(first, LINE, second, LINE);
    try (LineRouter one = LineRouter.start(first);
        LineRouter two = LineRouter.start(second)) {
      for (var encapsulation :
          Map.of(
                  HDLC, DataLinkType.C_HDLC,
                  PPP, DataLinkType.PPP_SERIAL,
                  DLCI_101, DataLinkType.FRELAY)
              .entrySet()) {
        String header = encapsulation.getKey();
        DataLinkType type = encapsulation.getValue();
        Path capture = first.startCapture(LINE, new CaptureRequest(type + ".pcap", type));
        String there = passes(one, two, header, header);
        String back = passes(two, one, header, header);
        first.stopCapture(LINE);
        assertRecorded(capture, type, List.of(header + there, header + back));

        first.change(LINE, filtered(plug, filter("bpf", "icmp")));
        String dropped = packet(ICMP);
        String passes = packet(UDP);
        one.send(header + dropped);
        one.send(header + passes);
        two.awaitReceived(header + passes);
        assertFalse(two.hasReceived(header + dropped), header);
        first.change(LINE, plug);
      }
      first.change(LINE, filtered(plug, filter("frequency_drop", 2)));
      List<String> packets = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        packets.add(HDLC + packet(UDP));
        one.send(packets.getLast());
      }
      two.awaitReceived(packets.getLast());
      assertEquals(
          List.of(true, false, true, false, true), packets.stream().map(two::hasReceived).toList());
    }
  }

  private static Nio.Udp filtered(Nio.Udp plug, LinkSettings settings) {
    return new Nio.Udp(plug.localPort(), plug.remoteHost(), plug.remotePort(), settings);
  }

  @Test
  void frameRelaySwitchJoinsSerialLines() throws IOException {
    try (EmulatedNode frameRelay =
            create(WanSwitchConnector.frameRelay(compute.adapter()), "1:101", "2:202");
        Pair routers = at(frameRelay, LineCard.SERIAL)) {
      LineRouter one = routers.one();
      LineRouter two = routers.two();
      Path capture =
          frameRelay.startCapture(PORT, new CaptureRequest("fr.pcap", DataLinkType.FRELAY));
      String there = passes(one, two, DLCI_101, DLCI_202);
      String back = passes(two, one, DLCI_202, DLCI_101);
      frameRelay.stopCapture(PORT);
      assertRecorded(capture, DataLinkType.FRELAY, List.of(DLCI_101 + there, DLCI_101 + back));

      // The switch's own answer to an enquiry about all circuits.
      one.send("000103080075950101000302" + "0100");
      one.awaitReceived("00010308007d950101000302" + "0101" + "070306a882");

      frameRelay.update(
          Json.createObjectBuilder().add("mappings", mapping("1:101", "2:303")).build());
      String astray = packet(UDP);
      one.send(DLCI_202 + astray);
      passes(one, two, DLCI_101, DLCI_303);
      assertFalse(two.console().heard().contains(astray));
    }
  }

  @Test
  void atmSwitchJoinsAtmLines() throws IOException {
    try (EmulatedNode atm =
            create(WanSwitchConnector.atm(compute.adapter()), "1:0:100", "2:0:200");
        Pair routers = at(atm, LineCard.ATM)) {
      LineRouter one = routers.one();
      LineRouter two = routers.two();
      Path capture =
          atm.startCapture(PORT, new CaptureRequest("atm.pcap", DataLinkType.ATM_RFC1483));
      // A cell's header says of the last one of a packet that it is that.
      passes(one, two, CHANNEL_100, "00000c8200000000");
      passes(two, one, CHANNEL_200, "0000064200000000");
      String text = "a packet of three cells".repeat(5);
      String packet = HexFormat.of().formatHex(text.getBytes());
      one.send(CHANNEL_100 + packet);
      two.awaitReceived("00000c8000000000" + packet);
      atm.stopCapture(PORT);
      byte[] recorded = Files.readAllBytes(capture);
      assertEquals(DataLinkType.ATM_RFC1483.number(), recorded[20]);
      assertEquals(24 + 5 * (16 + 53), recorded.length);
      byte[] cell = Arrays.copyOfRange(recorded, 24 + 16, 24 + 16 + 53);
      assertTrue(HexFormat.of().formatHex(cell).startsWith("00000642"), "the first one");
    }
  }
}
