package io.patchbay.emulators.dynamips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.image.ImageKind;
import io.patchbay.runtime.survival.NodeState;
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
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.RouterImage;
import io.patchbay.testkit.TelnetClient;
import io.patchbay.testkit.TestCompute;
import io.patchbay.testkit.UdpPeer;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What routers have beyond what every node has; with the Dynamips that is installed. */
class RouterTest {
  @TempDir private Path directory;
  private TestCompute compute;
  private DynamipsConnector connector;

  @BeforeEach
  void open() throws IOException {
    compute = TestCompute.open(directory, TestCompute.roomy());
    TestRouter.provide(compute.adapter());
    TestRouter.shareTables(compute.adapter());
    connector = new DynamipsConnector(compute.adapter(), Duration.ZERO, Duration.ofSeconds(30));
    assumeTrue(connector.unavailable().isEmpty(), () -> connector.unavailable().orElse(""));
  }

  @AfterEach
  void nothingStays() throws IOException {
    TestRouter.shareTables(compute.adapter());
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

  private static JsonObject json(String name, String value) {
    return Json.createObjectBuilder().add(name, value).build();
  }

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
      assertEquals("started", node.describe().getString("status"));
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
      refused(() -> node.startCapture(serial, new CaptureRequest("x", DataLinkType.EN10MB)));
      for (DataLinkType type :
          List.of(DataLinkType.C_HDLC, DataLinkType.PPP_SERIAL, DataLinkType.FRELAY)) {
        node.startCapture(serial, new CaptureRequest("x", type));
        node.stopCapture(serial);
      }
      assertTrue(
          refused(() -> node.attach(new PortAddress(2, 4), peers.getFirst().nio()))
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
      refused(() -> node.attach(port, peer.nio()));
      node.update(json("slot1", "PA-4T+"));
      node.attach(port, peer.nio());
      assertTrue(refused(() -> node.update(json("slot1", "PA-4E"))).contains("1/0"));
      assertEquals("PA-4T+", node.describe().getString("slot1"));
      node.detach(port);
      node.update(Json.createObjectBuilder().add("slot1", JsonValue.NULL).build());
      assertTrue(node.describe().isNull("slot1"));
      assertTrue(refused(() -> node.update(json("slot0", "C7200-IO-2FE"))).contains("running"));
      assertTrue(refused(() -> node.update(json("npe", "npe-400"))).contains("NPE"));
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
      assertEquals("started", node.describe().getString("status"));
    }
  }

  /** Through the router's NVRAM: written into it at the start and read from it at the stop. */
  @Test
  void configurationsGoIntoTheNvramAndComeBack() throws IOException {
    NodeSite site = compute.site("R1");
    JsonObjectBuilder settings =
        TestRouter.settings("R1")
            .add("startup_config_content", "hostname %h\r\n!\r\nend\r\n")
            .add("private_config_content", "secret of %h\n");
    Path configs = site.directory(NodeKinds.DYNAMIPS).resolve("configs");
    try (EmulatedNode node = create(site, settings)) {
      Path startup = configs.resolve("i1_startup-config.cfg");
      Path secrets = configs.resolve("i1_private-config.cfg");
      assertEquals("!\nhostname R1\n!\nend\n", Files.readString(startup));
      assertEquals("!\nsecret of R1\n", Files.readString(secrets));
      node.update(json("name", "R2"));
      assertEquals("!\nhostname R2\n!\nend\n", Files.readString(startup));
      node.start();
      Files.delete(startup);
      Files.delete(secrets);
      node.stop();
      assertEquals("!\nhostname R2\n!\nend\n", Files.readString(startup));
      assertEquals("!\nsecret of R2\n", Files.readString(secrets));

      NodeSite other = compute.site("R3");
      try (EmulatedNode copy = create(other, TestRouter.settings("R3"))) {
        assertEquals(2, copy.describe().getInt("dynamips_id"));
        node.copyFilesTo(copy);
        Path copied = other.directory(NodeKinds.DYNAMIPS);
        assertEquals(
            "!\nhostname R3\n!\nend\n",
            Files.readString(copied.resolve("configs/i2_startup-config.cfg")));
        assertTrue(Files.exists(copied.resolve("c7200_i2_nvram")));
        assertFalse(Files.exists(copied.resolve("c7200_i1_nvram")));
      }
    }
  }

  /** What a router has saved is in the files while it runs, and after whatever ends it. */
  @Test
  void whatIsSavedIsNotLost() throws IOException {
    NodeSite site = compute.site("R1");
    JsonObjectBuilder settings =
        TestRouter.settings("R1").add("startup_config_content", "hostname %h\nend\n");
    Path startup = site.directory(NodeKinds.DYNAMIPS).resolve("configs/i1_startup-config.cfg");
    String saved = "!\n" + RouterImage.WRITE + "ostname R1\nend\n";
    try (EmulatedNode node = create(site, settings)) {
      node.start();
      save(node);
      Deadline.await("the saved configuration", () -> says(startup, saved));

      Files.delete(startup);
      NodeSite other = compute.site("R2");
      try (EmulatedNode copy = create(other, TestRouter.settings("R2"))) {
        node.copyFilesTo(copy);
        assertEquals(
            saved,
            Files.readString(
                other.directory(NodeKinds.DYNAMIPS).resolve("configs/i2_startup-config.cfg")));
      }

      Files.delete(startup);
      NodeProcesses.mentioning(directory.toString()).getFirst().destroyForcibly();
      Deadline.await("its end", () -> node.describe().getString("status").equals("stopped"));
      assertEquals(saved, Files.readString(startup));
    }
  }

  @Test
  void whatIsSavedIsNotLostWithTheServer() throws IOException {
    NodeSite site = compute.site("R1");
    JsonObject settings =
        TestRouter.settings("R1").add("startup_config_content", "hostname %h\nend\n").build();
    Path startup = site.directory(NodeKinds.DYNAMIPS).resolve("configs/i1_startup-config.cfg");
    EmulatedNode node = connector.create(site, settings);
    compute.adapter().runStates().saveProject(site.projectId(), JsonValue.EMPTY_JSON_OBJECT);
    node.remember();
    node.start();
    save(node);
    node.release();
    List<ProcessHandle> left = NodeProcesses.mentioning(directory.toString());
    left.forEach(ProcessHandle::destroyForcibly);
    Deadline.await("its end", () -> left.stream().noneMatch(ProcessHandle::isAlive));
    Files.deleteIfExists(startup);

    compute.close();
    compute = TestCompute.open(directory, TestCompute.roomy());
    connector = new DynamipsConnector(compute.adapter());
    NodeState state = compute.adapter().runStates().load().getFirst().nodes().getFirst();
    try (EmulatedNode next =
        connector.create(compute.site(state.nodeId(), "R1"), state.settings())) {
      assertFalse(next.adopt(state.running().orElseThrow()));
      assertEquals("!\n" + RouterImage.WRITE + "ostname R1\nend\n", Files.readString(startup));
    }
  }

  private static void save(EmulatedNode node) {
    try (TelnetClient terminal = new TelnetClient(node.describe().getInt("console"))) {
      terminal.ask("" + RouterImage.WRITE, "" + RouterImage.WRITE);
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
  void disksAreDeletedIfThatIsWanted() throws IOException {
    NodeSite site = compute.site("R1");
    Path files = site.directory(NodeKinds.DYNAMIPS);
    try (EmulatedNode node = create(site, TestRouter.settings("R1"))) {
      node.start();
      node.stop();
      assertTrue(Files.exists(files.resolve("c7200_i1_nvram")));
      node.update(Json.createObjectBuilder().add("auto_delete_disks", true).build());
    }
    assertFalse(Files.exists(files.resolve("c7200_i1_nvram")));
    assertFalse(Files.exists(files.resolve("c7200_i1_bootflash")));
    assertTrue(Files.isDirectory(files.resolve("configs")));
  }

  @Test
  void routersShareTheirImage() throws IOException {
    try (EmulatedNode one = create(TestRouter.settings("R1"));
        EmulatedNode two = create(compute.site("R2"), TestRouter.settings("R2"))) {
      one.start();
      assertEquals(1, ghosts());
      two.start();
      assertEquals(1, ghosts());
      one.stop();
      assertEquals(1, ghosts());
      two.stop();
      assertEquals(0, ghosts());
    }
  }

  private long ghosts() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("project-files/dynamips"))) {
      return files.filter(file -> file.toString().endsWith(".ghost")).count();
    }
  }

  @Test
  void imagesThatAreNoneAreRefused() throws IOException {
    Path images = compute.adapter().images().directory(ImageKind.DYNAMIPS);
    Files.writeString(images.resolve("text.image"), "no image at all");
    Files.write(images.resolve("cut.image"), Arrays.copyOf(RouterImage.bytes(), 60));
    LabException missing =
        assertThrows(
            LabException.class, () -> create(TestRouter.settings("R1").add("image", "none.image")));
    assertEquals("none.image", missing.details().get("image"));
    for (String name : List.of("text.image", "cut.image")) {
      try (EmulatedNode node = create(TestRouter.settings("R1").add("image", name))) {
        refused(node::start);
        assertEquals("stopped", node.describe().getString("status"));
        assertEquals(List.of(), NodeProcesses.mentioning(directory.toString()));
      }
    }
  }

  @Test
  void numbersOfRoutersAreTheirOwn() {
    try (EmulatedNode first = create(TestRouter.settings("R1").add("dynamips_id", 7))) {
      assertEquals(7, first.describe().getInt("dynamips_id"));
      assertTrue(first.describe().getString("mac_addr").startsWith("ca07."));
      assertTrue(
          refused(() -> create(TestRouter.settings("R2").add("dynamips_id", 7))).contains("7"));
      refused(() -> create(TestRouter.settings("R2").add("dynamips_id", 0)));
    }
    create(TestRouter.settings("R1").add("dynamips_id", 7)).close();
  }

  /** The machine has one console port less than a hypervisor needs. */
  @Test
  void withoutPortsForTheHypervisorItStaysStopped() {
    compute.close();
    compute = TestCompute.open(directory, TestCompute.roomy().consoles(3));
    connector = new DynamipsConnector(compute.adapter());
    try (EmulatedNode node = create(TestRouter.settings("R1"))) {
      refused(node::start);
      assertEquals("stopped", node.describe().getString("status"));
    }
  }

  /** Whatever it takes, no request waits for a hypervisor for ever, and nothing of it stays. */
  @Test
  void hypervisorThatHangsIsEnded() throws IOException {
    connector = new DynamipsConnector(compute.adapter(), Duration.ZERO, Duration.ofSeconds(2));
    try (EmulatedNode node = create(TestRouter.settings("R1"))) {
      node.start();
      ProcessHandle hypervisor = NodeProcesses.mentioning(directory.toString()).getFirst();
      new ProcessBuilder("kill", "-STOP", "" + hypervisor.pid()).start().onExit().join();
      assertTrue(refused(node::suspend).contains("does not answer"));
      assertEquals("started", node.describe().getString("status"));
      node.stop();
      assertEquals("stopped", node.describe().getString("status"));
      assertFalse(hypervisor.isAlive());
      node.start();
      assertEquals("started", node.describe().getString("status"));
    }
  }

  @Test
  void auxiliaryPortIsTheirs() {
    try (EmulatedNode node =
        create(TestRouter.settings("R1").add("aux", TestCompute.roomy().lastConsole()))) {
      int aux = node.describe().getInt("aux");
      node.start();
      Deadline.await("the auxiliary port", () -> TelnetClient.tryConnect(aux).isPresent());
    }
  }
}
