package io.patchbay.emulators.virtualbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.runtime.VirtualBoxConfig;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.Frames;
import io.patchbay.testkit.StandIn;
import io.patchbay.testkit.TestCompute;
import io.patchbay.testkit.UdpPeer;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only machines of VirtualBox do, with a stand-in for VBoxManage. */
class VirtualBoxTest {
  private static final PortAddress PORT = new PortAddress(0, 0);

  @TempDir private Path directory;
  private Path programs;
  private TestCompute compute;
  private StandIn tool;
  private VirtualBoxConnector connector;

  @BeforeEach
  void open() throws IOException {
    programs = Files.createDirectory(directory.resolve("programs"));
    tool = StandIn.virtualBox(programs);
    compute = TestCompute.open(directory, TestCompute.roomy());
    connector = TestVirtualBox.connector(compute.adapter(), tool);
  }

  @AfterEach
  void close() {
    assertEquals(Set.of(), Set.copyOf(compute.adapter().consolePorts().leased()));
    assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
    compute.close();
    tool.end();
  }

  private static JsonObjectBuilder settings(String name) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("vmname", name)
        .add("adapters", 1)
        .add("headless", true);
  }

  private EmulatedNode node(JsonObjectBuilder settings) {
    JsonObject body = settings.build();
    return connector.create(compute.site(body.getString("name")), body);
  }

  private static JsonObject change(String name, String value) {
    return Json.createObjectBuilder().add(name, value).build();
  }

  private static JsonObject change(String name, int value) {
    return Json.createObjectBuilder().add(name, value).build();
  }

  private static String refusal(Runnable request) {
    LabException refused = assertThrows(LabException.class, request::run);
    assertEquals(ErrorCode.CONFLICT, refused.code(), refused.getMessage());
    return refused.getMessage();
  }

  private static String status(EmulatedNode node) {
    return node.describe().getString("status");
  }

  private String info(String machine) {
    return tool.run("--nologo", "showvminfo", machine, "--machinereadable");
  }

  private boolean isCalled(String words) {
    return tool.calls().stream().anyMatch(call -> call.contains(words));
  }

  @Test
  void machinesAreListedWithoutClones() {
    TestVirtualBox.make(tool, "router", "{\"memory\": 2048}");
    TestVirtualBox.make(tool, "a clone", "{\"extra\": {\"GNS3/Clone\": \"yes\"}}");
    assertEquals(
        List.of(Json.createObjectBuilder().add("vmname", "router").add("ram", 2048).build()),
        connector.machines());
  }

  @Test
  void ramIsTheMachinesOrTheOneThatIsAskedFor() {
    TestVirtualBox.make(tool, "R1");
    try (EmulatedNode node = node(settings("R1").add("ram", 0))) {
      assertEquals(512, node.describe().getInt("ram"));
      node.update(change("ram", 1024));
      assertEquals(1024, node.describe().getInt("ram"));
      assertTrue(info("R1").contains("memory=1024"));
      node.start();
      assertTrue(refusal(() -> node.update(change("ram", 2000))).contains("stopped"));
      node.update(change("ram", 1024));
      assertEquals(1024, node.describe().getInt("ram"));
    }
  }

  @Test
  void adaptersAreAsManyAsTheChipsetHas() {
    TestVirtualBox.make(tool, "old");
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
    TestVirtualBox.make(tool, "R1");
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

  @Test
  void adaptersThatLeadElsewhereAreLeftAloneUnlessAllMayBeUsed() {
    tool.trick("nat-R1");
    TestVirtualBox.make(tool, "R1");
    UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
    try (EmulatedNode node = node(settings("R1"))) {
      assertTrue(refusal(() -> node.attach(PORT, peer.nio())).contains("any adapter"));
      node.start();
      assertTrue(info("R1").contains("nic1=\"nat\""));
      node.stop();
      node.update(Json.createObjectBuilder().add("use_any_adapter", true).build());
      node.attach(PORT, peer.nio());
      node.start();
      assertTrue(info("R1").contains("nic1=\"Generic\""));
      peer.sendUntil(
          Frames.arpRequest("02:00:00:00:00:01", "10.77.0.9", TestVirtualBox.ADDRESS),
          peer,
          frame -> Frames.isArpReply(frame, TestVirtualBox.ADDRESS));
    }
    peer.close();
  }

  @Test
  void aMachineIsForOneNodeAlone() {
    TestVirtualBox.make(tool, "R1");
    EmulatedNode first = node(settings("R1"));
    assertTrue(refusal(() -> node(settings("R1"))).contains("one node alone"));
    first.close();
    node(settings("R1")).close();
  }

  @Test
  void withoutHeadlessItHasAWindow() {
    TestVirtualBox.make(tool, "R1");
    try (EmulatedNode node = node(settings("R1").add("headless", false))) {
      node.start();
      assertTrue(tool.calls().contains("[\"--nologo\", \"startvm\", \"" + id("R1") + "\"]"));
    }
  }

  private static String id(String name) {
    return TestVirtualBox.id(name);
  }

  @Test
  void shutdownSignalLetsTheGuestShutDown() {
    TestVirtualBox.make(tool, "R1");
    try (EmulatedNode node = node(settings("R1").add("on_close", "shutdown_signal"))) {
      node.start();
      node.suspend();
      node.stop();
      assertEquals("stopped", status(node));
      assertTrue(isCalled("acpipowerbutton"));
      assertFalse(isCalled("\"poweroff\""));
      tool.trick("deaf");
      node.start();
      node.stop();
      assertEquals("stopped", status(node));
      assertTrue(isCalled("\"poweroff\""), "its power is cut in the end");
    }
  }

  @Test
  void aGuestThatShutsDownStopsTheNode() {
    TestVirtualBox.make(tool, "R1");
    try (EmulatedNode node = node(settings("R1"))) {
      node.start();
      tool.run("--nologo", "controlvm", "R1", "acpipowerbutton");
      Deadline.await("the end", () -> status(node).equals("stopped"));
      assertEquals(List.of("started", "stopped"), compute.events().statuses());
    }
  }

  @Test
  void savedStateIsGoneOnFromWithNewTunnels() {
    TestVirtualBox.make(tool, "R1");
    UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
    try (EmulatedNode node = node(settings("R1").add("on_close", "save_vm_state"))) {
      node.attach(PORT, peer.nio());
      node.start();
      node.stop();
      assertTrue(info("R1").contains("VMState=\"saved\""));
      // Takes what would come next.
      int other = compute.adapter().udpPorts().lease();
      node.start();
      assertEquals("started", status(node));
      peer.sendUntil(
          Frames.arpRequest("02:00:00:00:00:01", "10.77.0.9", TestVirtualBox.ADDRESS),
          peer,
          frame -> Frames.isArpReply(frame, TestVirtualBox.ADDRESS));
      compute.adapter().udpPorts().release(other);
    }
    assertTrue(info("R1").contains("VMState=\"poweroff\""), "a node that is closed keeps nothing");
    peer.close();
  }

  @Test
  void whatSomebodyElseHasSavedOrStartedIsLeftAlone() {
    TestVirtualBox.make(tool, "R1", "{\"state\": \"saved\"}");
    try (EmulatedNode node = node(settings("R1"))) {
      assertTrue(refusal(node::start).contains("somebody else"));
    }
    TestVirtualBox.make(tool, "R2");
    tool.run("--nologo", "startvm", "R2");
    try (EmulatedNode node = node(settings("R2"))) {
      assertTrue(refusal(node::start).contains("running"));
    }
    assertTrue(info("R2").contains("VMState=\"running\""));
  }

  @Test
  void clonesAreMadeRegisteredAgainRenamedAndForgotten() throws IOException {
    TestVirtualBox.make(tool, "base");
    NodeSite site = compute.site("R1");
    JsonObject body = settings("R1").add("vmname", "base").add("linked_clone", true).build();
    JsonObject shown;
    try (EmulatedNode node = connector.create(site, body);
        EmulatedNode other = node(settings("R2").add("vmname", "base").add("linked_clone", true))) {
      assertEquals("R1", node.describe().getString("vmname"));
      assertEquals("R2", other.describe().getString("vmname"));
      assertEquals(
          site.directory(node.kind()).toString(), node.describe().getString("node_directory"));
      node.start();
      assertTrue(refusal(() -> node.update(change("name", "R3"))).contains("stopped"));
      assertEquals("R1", node.describe().getString("name"));
      node.stop();
      assertTrue(refusal(() -> node.update(change("name", "R2"))).contains("exists"));
      node.update(change("name", "R3"));
      shown = node.describe();
      assertEquals("R3", shown.getString("vmname"));
      assertEquals(1, connector.machines().size(), "clones are not offered");
    }
    assertFalse(tool.run("--nologo", "list", "vms").contains("R3"));
    Path disks = site.directory(connector.kind()).resolve("R3/hdd_info.json");
    assertTrue(Files.readString(disks).contains("\"controller\":\"SATA Controller\""));
    EmulatedNode again = connector.create(site, creates(shown));
    assertTrue(info("R3").contains("SATA Controller-0-0"), "its disk is attached again");
    again.start();
    // As when the server is killed.
    again.release();
    try (EmulatedNode adopted = connector.create(site, creates(shown))) {
      assertEquals("R3", adopted.describe().getString("vmname"));
      tool.run("--nologo", "controlvm", "R3", "poweroff");
    }
    assertEquals(1, tool.calls().stream().filter(call -> call.contains("registervm")).count() - 3);
  }

  private static JsonObject creates(JsonObject shown) {
    JsonObjectBuilder body = Json.createObjectBuilder(shown);
    List.of("project_id", "status", "node_directory").forEach(body::remove);
    return body.build();
  }

  @Test
  void aCloneThatSomebodyHasPutThereIsNotUsed() throws IOException {
    TestVirtualBox.make(tool, "base");
    NodeSite site = compute.site("R1");
    JsonObject body = settings("R1").add("vmname", "base").add("linked_clone", true).build();
    connector.create(site, body).close();
    Path settings = site.directory(connector.kind()).resolve("R1/R1.vbox");
    JsonObject again = settings("R1").add("linked_clone", true).build();
    connector.create(site, again).close();
    Files.writeString(settings, Files.readString(settings).replace("poweroff", "poweroff "));
    assertTrue(refusal(() -> connector.create(site, again)).contains("changed"));
    NodeSite elsewhere = compute.site("R1");
    Path copy = elsewhere.directory(connector.kind()).resolve("R1/R1.vbox");
    Files.createDirectories(copy.getParent());
    Files.copy(settings, copy);
    assertTrue(refusal(() -> connector.create(elsewhere, again)).contains("not made"));
    LabException refused =
        assertThrows(
            LabException.class,
            () -> node(settings("R1").add("vmname", "../x").add("linked_clone", true)));
    assertEquals(ErrorCode.INVALID, refused.code());
  }

  @Test
  void aCloneThatCannotBeUsedIsTakenBack() {
    TestVirtualBox.make(tool, "base");
    JsonObjectBuilder body =
        settings("R1").add("vmname", "base").add("linked_clone", true).add("adapters", 9);
    assertTrue(refusal(() -> node(body)).contains("chipset"));
    assertFalse(tool.run("--nologo", "list", "vms").contains("R1"));
  }

  @Test
  void itIsRunOnceAtATime() {
    List<String> names = List.of("R1", "R2", "R3", "R4");
    names.forEach(name -> TestVirtualBox.make(tool, name));
    List<EmulatedNode> nodes = names.stream().map(name -> node(settings(name))).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      nodes.forEach(node -> threads.execute(node::start));
    }
    nodes.forEach(node -> assertEquals("started", status(node)));
    nodes.parallelStream().forEach(EmulatedNode::close);
  }

  @Test
  void programsThatAreMissingOldOrNotItAreTold() {
    assertTrue(unavailable("no-such-program").contains("not found"));
    tool.write("version", "4.3.40r110317");
    assertTrue(unavailable(tool.program().toString()).contains("5 or newer"));
    tool.write("version", "what version?");
    assertTrue(unavailable(tool.program().toString()).contains("does not tell its version"));
    for (String good : List.of("5.0.40r115130", "6.1.50r161033", "7.1.4r165100")) {
      tool.write("version", good);
      assertEquals("", unavailable(tool.program().toString()));
    }
    VirtualBoxConnector missing = connector("no-such-program", Duration.ofSeconds(60));
    assertTrue(refusal(missing::machines).contains("not found"));
    assertTrue(
        refusal(() -> missing.create(compute.site("R1"), settings("R1").build()))
            .contains("not found"));
  }

  private VirtualBoxConnector connector(String program, Duration patience) {
    return new VirtualBoxConnector(
        compute.adapter(), new VirtualBoxConfig(program, Duration.ofSeconds(1)), patience);
  }

  private String unavailable(String program) {
    return connector(program, Duration.ofSeconds(60)).unavailable().orElse("");
  }

  @Test
  void refusalsAndNonsenseAreTold() {
    assertTrue(refusal(() -> node(settings("R1"))).contains("Could not find a registered machine"));
    TestVirtualBox.make(tool, "R1");
    try (EmulatedNode node = node(settings("R1"))) {
      tool.trick("no-start");
      assertTrue(refusal(node::start).contains("terminated unexpectedly"));
      assertEquals("stopped", status(node));
      assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
      tool.behave("no-start");
      tool.trick("garbage");
      assertTrue(refusal(node::start).contains("does not tell"));
      tool.behave("garbage");
      node.start();
      tool.trick("garbage");
      node.stop();
      assertEquals("stopped", status(node));
      tool.behave("garbage");
      node.start();
    }
  }

  @Test
  void aToolThatHangsIsGivenUp() {
    TestVirtualBox.make(tool, "R1");
    VirtualBoxConnector impatient =
        TestVirtualBox.connector(compute.adapter(), tool, Duration.ofSeconds(3));
    try (EmulatedNode node = impatient.create(compute.site("R1"), settings("R1").build())) {
      node.start();
      List<ProcessHandle> machine = TestVirtualBox.processes(id("R1"));
      tool.trick("hang");
      assertTrue(refusal(impatient::machines).contains("did not answer within 3 seconds"));
      node.stop();
      assertEquals("stopped", status(node));
      assertTrue(machine.stream().noneMatch(ProcessHandle::isAlive), "it is ended all the same");
      tool.behave("hang");
    }
  }
}
