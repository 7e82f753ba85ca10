package io.patchbay.emulators.iou;

import static io.patchbay.testkit.Nodes.change;
import static io.patchbay.testkit.Nodes.refusal;
import static io.patchbay.testkit.Nodes.status;
import static io.patchbay.testkit.Nodes.terminal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.CaptureRequest;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.IolImage;
import io.patchbay.testkit.Passage;
import io.patchbay.testkit.TelnetClient;
import io.patchbay.testkit.UdpPeer;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nodes of IOU have beyond what every node has. */
class IouTest extends IouLab {
  @Test
  void itRunsOnATerminalThatShowsItsBannerToAll() {
    try (EmulatedNode node = create(TestIou.settings("R1"))) {
      node.start();
      try (TelnetClient one = terminal(node)) {
        one.ask("tty", "a terminal");
        try (TelnetClient two = terminal(node)) {
          Deadline.await("the banner", () -> two.heard().contains("IOL in tests"));
        }
      }
    }
  }

  /** Terminals take some thousand octets at once, and the program reads them in its own time. */
  @Test
  void muchMayBeTypedAtOnce() {
    try (EmulatedNode node = create(TestIou.settings("R1"))) {
      node.start();
      try (TelnetClient terminal = terminal(node)) {
        terminal.ask("ready", "READY");
        terminal.type("line of a configuration\r".repeat(5000) + "the end\r");
        Deadline.await("all of it", () -> terminal.heard().contains("THE END"));
        assertEquals(5001, terminal.heard().split("LINE OF A CONFIGURATION", -1).length);
      }
    }
  }

  @Test
  void memoriesAreGivenOrLeftToTheImage() {
    JsonObjectBuilder given = TestIou.settings("R1").add("ethernet_adapters", 3);
    try (EmulatedNode node = create(given)) {
      node.start();
      String id = "" + node.describe().getInt("application_id");
      assertTrue(node.describe().getString("command_line").endsWith(" -e 3 -n 64 -m 128 " + id));
      try (TelnetClient terminal = terminal(node)) {
        terminal.ask("memory", "ram 128 nvram 64");
      }
      node.stop();
      node.update(Json.createObjectBuilder().add("use_default_iou_values", true).build());
      assertEquals(256, node.describe().getInt("ram"));
      assertEquals(64, node.describe().getInt("nvram"));
      node.start();
      assertTrue(node.describe().getString("command_line").endsWith(" -e 3 " + id));
    }
  }

  @Test
  void itSaysWhatItPrintedLastWhenItEnds() {
    try (EmulatedNode node = create(TestIou.settings("R1"))) {
      node.start();
      try (TelnetClient terminal = terminal(node)) {
        terminal.ask("ready", "READY");
        terminal.type("quit\r");
        terminal.awaitHangUp();
      }
      Deadline.await("the end of the node", () -> status(node).equals("stopped"));
      Deadline.await(
          "its last words",
          () -> compute.events().logs().stream().anyMatch(w -> w.contains("bye")));
      node.start();
      assertEquals("started", status(node));
    }
  }

  @Test
  void instanceThatDoesNotWantToEndIsMadeTo() {
    try (EmulatedNode node = create(TestIou.settings("R1"))) {
      node.start();
      ProcessHandle process = processes().getFirst();
      try (TelnetClient terminal = terminal(node)) {
        terminal.ask("deaf", "DEAF");
      }
      node.stop();
      assertEquals("stopped", status(node));
      assertFalse(process.isAlive());
    }
  }

  @Test
  void hangingInstanceIsEndedToo() throws IOException {
    try (EmulatedNode node = create(TestIou.settings("R1"))) {
      node.start();
      ProcessHandle process = processes().getFirst();
      new ProcessBuilder("kill", "-STOP", "" + process.pid()).start().onExit().join();
      node.reload();
      assertEquals("started", status(node));
      assertFalse(process.isAlive());
    }
  }

  @Test
  void adaptersAreCheckedAndLinksKeepTheirs() {
    for (String wrong : List.of("{\"ethernet_adapters\": 15}", "{\"serial_adapters\": -1}")) {
      assertTrue(
          refusal(
                  () ->
                      create(
                          TestIou.settings("R1")
                              .addAll(
                                  Json.createObjectBuilder(
                                      Json.createReader(new java.io.StringReader(wrong))
                                          .readObject()))))
              .contains("adapters"));
    }
    try (EmulatedNode node = create(TestIou.settings("R1"))) {
      PortAddress serial = new PortAddress(2, 3);
      UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
      node.attach(serial, peer.nio());
      JsonObject more = Json.createObjectBuilder().add("ethernet_adapters", 3).build();
      assertTrue(refusal(() -> node.update(more)).contains("2/3"));
      assertEquals(2, node.describe().getInt("ethernet_adapters"));
      refusal(() -> node.startCapture(serial, new CaptureRequest("x", DataLinkType.EN10MB)));
      for (DataLinkType type :
          List.of(DataLinkType.C_HDLC, DataLinkType.PPP_SERIAL, DataLinkType.FRELAY)) {
        node.startCapture(serial, new CaptureRequest("x", type));
        node.stopCapture(serial);
      }
      node.detach(serial);
      node.update(more);
      refusal(() -> node.attach(new PortAddress(5, 0), peer.nio()));
      UdpPeer next = new UdpPeer(compute.adapter().udpPorts().lease());
      node.attach(new PortAddress(4, 3), next.nio());
      peer.close();
      next.close();
    }
  }

  /** Signs of life are no frames: nothing of them comes out. */
  @Test
  void keepalivesAreNoFrames() {
    JsonObjectBuilder settings = TestIou.settings("R1").add("l1_keepalives", true);
    try (EmulatedNode node = create(settings)) {
      PortAddress port = new PortAddress(0, 0);
      UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
      node.attach(port, peer.nio());
      node.start();
      assertTrue(node.describe().getString("command_line").contains(" -l "));
      try (TelnetClient terminal = terminal(node)) {
        terminal.ask("memory", "keepalives 1");
      }
      Passage asked = Passage.answeredArp(port, IolImage.hostAt(0, 0));
      peer.sendUntil(
          asked.frame(),
          peer,
          frame -> {
            assertTrue(asked.comesOut().test(frame), "something else came out");
            return true;
          });
      peer.close();
    }
  }

  @Test
  void numbersInUseAreTold() throws IOException {
    JsonObjectBuilder settings = TestIou.settings("R1");
    try (EmulatedNode node = create(settings)) {
      node.start();
      int id = node.describe().getInt("application_id");
      for (int taken : List.of(id, NetioNumbers.bridgeOf(id))) {
        try (EmulatedNode other = create(TestIou.settings("R2").add("application_id", taken))) {
          assertTrue(refusal(other::start).contains("" + id));
          assertEquals("stopped", status(other));
        }
      }
    }
    for (int wrong : List.of(0, -1, 1025)) {
      refusal(() -> create(TestIou.settings("R1").add("application_id", wrong)));
    }
    try (EmulatedNode any = create(TestIou.settings("R1").addNull("application_id"))) {
      assertTrue(any.describe().getInt("application_id") > 0);
    }
  }

  @Test
  void consoleTypeStaysWhileItRuns() {
    try (EmulatedNode node = create(TestIou.settings("R1"))) {
      node.start();
      assertTrue(refusal(() -> node.update(change("console_type", "none"))).contains("stopped"));
      assertEquals("telnet", node.describe().getString("console_type"));
    }
  }
}
