package io.patchbay.emulators.iou;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.CaptureRequest;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.IolImage;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.Passage;
import io.patchbay.testkit.TelnetClient;
import io.patchbay.testkit.TestCompute;
import io.patchbay.testkit.UdpPeer;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes of IOU have beyond what every node has. */
class IouTest {
  @TempDir private Path directory;
  private TestCompute compute;
  private IouConnector connector;

  @BeforeEach
  void open() {
    compute = TestCompute.open(directory, TestCompute.roomy());
    TestIou.provide(compute.adapter());
    connector = new IouConnector(compute.adapter());
  }

  @AfterEach
  void nothingStays() {
    assertEquals(Set.of(), Set.copyOf(compute.adapter().consolePorts().leased()));
    assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
    assertEquals(List.of(), NodeProcesses.mentioning(directory.toString()));
    compute.close();
  }

  private EmulatedNode create(NodeSite site, JsonObjectBuilder settings) {
    return connector.create(site, settings.build());
  }

  private EmulatedNode create(JsonObjectBuilder settings) {
    return create(compute.site("R1"), settings);
  }

  private static String refused(Runnable request) {
    LabException refusal = assertThrows(LabException.class, request::run);
    assertEquals(ErrorCode.CONFLICT, refusal.code());
    return refusal.getMessage();
  }

  private static String status(EmulatedNode node) {
    return node.describe().getString("status");
  }

  private static TelnetClient terminal(EmulatedNode node) {
    return new TelnetClient(node.describe().getInt("console"));
  }

  private static JsonObject json(String name, String value) {
    return Json.createObjectBuilder().add(name, value).build();
  }

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
  void configurationsGoIntoTheNvramAndComeBack() throws IOException {
    NodeSite site = compute.site("R1");
    Path files = site.directory(NodeKinds.IOU);
    JsonObjectBuilder settings =
        TestIou.settings("R1")
            .add("startup_config_content", "hostname %h\nend\n")
            .add("private_config_content", "secret of %h\n");
    try (EmulatedNode node = create(site, settings)) {
      Path startup = files.resolve("startup-config.cfg");
      assertEquals("hostname R1\nend\n", Files.readString(startup));
      assertEquals("secret of R1\n", Files.readString(files.resolve("private-config.cfg")));
      node.update(json("name", "R2"));
      assertEquals("hostname R2\nend\n", Files.readString(startup));
      node.start();
      try (TelnetClient terminal = terminal(node)) {
        terminal.ask("show config", "hostname R2");
        compute.events().forget();
        terminal.ask("write R3", "[OK]");
        // While it runs, as soon as it has been written.
        Deadline.await("the saved configuration", () -> says(startup, "hostname R3\nend\n"));
        terminal.ask("write R4", "write R4\r\n[OK]");
      }
      node.stop();
      assertEquals("hostname R4\nend\n", Files.readString(startup));
      NodeSite place = compute.site("R5");
      try (EmulatedNode copy = create(place, TestIou.settings("R5"))) {
        node.copyFilesTo(copy);
        Path copied = place.directory(NodeKinds.IOU);
        assertEquals("hostname R5\nend\n", Files.readString(copied.resolve("startup-config.cfg")));
        copy.start();
        try (TelnetClient terminal = terminal(copy)) {
          terminal.ask("show config", "hostname R5");
        }
        int id = copy.describe().getInt("application_id");
        assertTrue(Files.exists(copied.resolve("nvram_%05d".formatted(id))));
        int other = node.describe().getInt("application_id");
        assertFalse(Files.exists(copied.resolve("nvram_%05d".formatted(other))));
      }
    }
  }

  private static boolean says(Path file, String text) {
    try {
      return Files.readString(file).equals(text);
    } catch (IOException none) {
      return false;
    }
  }

  @Test
  void configurationThatDoesNotFitIsTold() {
    JsonObjectBuilder settings =
        TestIou.settings("R1").add("startup_config_content", "!\n".repeat(20_000));
    try (EmulatedNode node = create(settings)) {
      assertTrue(refused(node::start).contains("NVRAM"));
      assertEquals("stopped", status(node));
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
      ProcessHandle process = NodeProcesses.mentioning(directory.toString()).getFirst();
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
      ProcessHandle process = NodeProcesses.mentioning(directory.toString()).getFirst();
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
          refused(
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
      assertTrue(refused(() -> node.update(more)).contains("2/3"));
      assertEquals(2, node.describe().getInt("ethernet_adapters"));
      refused(() -> node.startCapture(serial, new CaptureRequest("x", DataLinkType.EN10MB)));
      for (DataLinkType type :
          List.of(DataLinkType.C_HDLC, DataLinkType.PPP_SERIAL, DataLinkType.FRELAY)) {
        node.startCapture(serial, new CaptureRequest("x", type));
        node.stopCapture(serial);
      }
      node.detach(serial);
      node.update(more);
      refused(() -> node.attach(new PortAddress(5, 0), peer.nio()));
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
          assertTrue(refused(other::start).contains("" + id));
          assertEquals("stopped", status(other));
        }
      }
    }
    for (int wrong : List.of(0, -1, 1025)) {
      refused(() -> create(TestIou.settings("R1").add("application_id", wrong)));
    }
    try (EmulatedNode any = create(TestIou.settings("R1").addNull("application_id"))) {
      assertTrue(any.describe().getInt("application_id") > 0);
    }
  }

  @Test
  void whatAnInstanceFindsIsLaidOut() throws IOException {
    NodeSite site = compute.site("R1");
    Path files = site.directory(NodeKinds.IOU);
    try (EmulatedNode node = create(site, TestIou.settings("R1"))) {
      node.start();
      int id = node.describe().getInt("application_id");
      List<String> map = Files.readAllLines(files.resolve("NETMAP"), StandardCharsets.US_ASCII);
      assertEquals(64, map.size());
      assertEquals("%d:0/0 %d:0/0".formatted(id + 512, id), map.getFirst());
      assertEquals("%d:15/3 %d:15/3".formatted(id + 512, id), map.getLast());
      assertTrue(Files.isSymbolicLink(files.resolve(IolImage.NAME)));
      Path netio = NetioNumbers.ofThisUser().directory();
      List<Path> sockets = List.of(netio.resolve("" + id), netio.resolve("" + (id + 512)));
      assertTrue(sockets.stream().allMatch(Files::exists));
      node.stop();
      assertFalse(Files.exists(files.resolve(IolImage.NAME)));
      assertTrue(sockets.stream().noneMatch(Files::exists));
    }
  }

  @Test
  void consoleTypeStaysWhileItRuns() {
    try (EmulatedNode node = create(TestIou.settings("R1"))) {
      node.start();
      assertTrue(refused(() -> node.update(json("console_type", "none"))).contains("stopped"));
      assertEquals("telnet", node.describe().getString("console_type"));
    }
  }
}
