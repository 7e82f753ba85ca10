package io.patchbay.emulators.vmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.runtime.VmwareConfig;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import io.patchbay.spi.Suspendable;
import io.patchbay.spi.VmnetSource;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.Frames;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.StandIn;
import io.patchbay.testkit.TestCompute;
import io.patchbay.testkit.UdpPeer;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only machines of VMware's do, with a stand-in for vmrun. */
class VmwareTest {
  private static final PortAddress PORT = new PortAddress(0, 0);

  @TempDir private Path directory;
  private TestCompute compute;
  private StandIn tool;
  private VmwareConnector connector;

  @BeforeAll
  static void plug() {
    TestVmware.plugNetworks();
  }

  @AfterAll
  static void unplug() {
    TestVmware.unplugNetworks();
  }

  @BeforeEach
  void open() throws IOException {
    tool = StandIn.vmware(Files.createDirectory(directory.resolve("programs")));
    compute = TestCompute.open(directory, TestCompute.roomy());
    connector = TestVmware.connector(compute.adapter(), tool, Duration.ofSeconds(60), true);
  }

  @AfterEach
  void close() {
    assertEquals(Set.of(), Set.copyOf(compute.adapter().consolePorts().leased()));
    assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
    compute.close();
    tool.end();
  }

  private JsonObjectBuilder settings(String name) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("vmx_path", TestVmware.make(tool, name).toString())
        .add("linked_clone", false)
        .add("adapters", 1)
        .add("use_any_adapter", true)
        .add("headless", true);
  }

  private EmulatedNode node(JsonObjectBuilder settings) {
    JsonObject body = settings.build();
    return connector.create(compute.site(body.getString("name")), body);
  }

  private static String refusal(Runnable request) {
    LabException refused = assertThrows(LabException.class, request::run);
    assertEquals(ErrorCode.CONFLICT, refused.code(), refused.getMessage());
    return refused.getMessage();
  }

  private static String status(EmulatedNode node) {
    return node.describe().getString("status");
  }

  private boolean isCalled(String words) {
    return tool.calls().stream().anyMatch(call -> call.contains(words));
  }

  @Test
  void machinesAreFoundOnTheListOrInTheirPlace() throws IOException {
    Path one = TestVmware.make(tool, "R1");
    Path two = TestVmware.make(tool, "R2");
    Files.writeString(
        TestVmware.home(tool).resolve(".vmware/inventory.vmls"),
        "vmlist9.config = \"/nowhere/x.vmx\"\nvmlist9.DisplayName = \"gone\"\n",
        StandardOpenOption.APPEND);
    JsonObject first = machine("R1", one);
    JsonObject second = machine("R2", two);
    assertEquals(List.of(first, second), connector.machines());
    VmwareConnector player = connector(tool.program().toString(), "player");
    assertEquals(List.of(), player.machines(), "a Player has no list");
    Files.writeString(
        TestVmware.home(tool).resolve(".vmware/preferences"),
        "prefvmx.defaultVMPath = \"" + TestVmware.home(tool).resolve("machines") + "\"\n");
    assertEquals(List.of(first, second), player.machines());
    Files.writeString(
        TestVmware.home(tool).resolve(".vmware/preferences"),
        "pref.mruVM0.filename = \"" + two + "\"\npref.mruVM0.displayName = \"R2\"\n");
    assertEquals(List.of(second), player.machines());
  }

  private static JsonObject machine(String name, Path vmx) {
    return Json.createObjectBuilder().add("vmname", name).add("vmx_path", vmx.toString()).build();
  }

  private VmwareConnector connector(String vmrun, String hostType) {
    return new VmwareConnector(
        compute.adapter(),
        TestVmware.config(Path.of(vmrun), hostType),
        Duration.ofSeconds(60),
        TestVmware.home(tool),
        false);
  }

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
  void adaptersThatLeadElsewhereAreLeftAloneUnlessAllMayBeUsed() throws IOException {
    UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
    try (EmulatedNode node = node(settings("R1").add("use_any_adapter", false))) {
      assertTrue(refusal(() -> node.attach(PORT, peer.nio())).contains("any adapter"));
      node.start();
      assertEquals(
          "hostonly",
          VmwareFile.read(TestVmware.make(tool, "R1"))
              .get("ethernet0.connectionType")
              .orElseThrow());
      node.stop();
      node.update(Json.createObjectBuilder().add("use_any_adapter", true).build());
      node.attach(PORT, peer.nio());
      node.start();
      assertPasses(peer);
    }
    peer.close();
  }

  private static void assertPasses(UdpPeer peer) {
    peer.sendUntil(
        Frames.arpRequest("02:00:00:00:00:01", "10.77.0.9", TestVmware.ADDRESS),
        peer,
        frame -> Frames.isArpReply(frame, TestVmware.ADDRESS));
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
    UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
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

  @Test
  void shutdownSignalLetsTheGuestShutDown() {
    try (EmulatedNode node = node(settings("R1").add("on_close", "shutdown_signal"))) {
      node.start();
      node.suspend();
      node.stop();
      assertEquals("stopped", status(node));
      assertTrue(isCalled("\"soft\"]"));
      assertFalse(isCalled("\"hard\"]"));
      tool.trick("deaf");
      node.start();
      node.stop();
      assertEquals("stopped", status(node));
      assertTrue(isCalled("\"hard\"]"), "its power is cut in the end");
    }
  }

  @Test
  void savedStateIsGoneOnFrom() {
    UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
    try (EmulatedNode node = node(settings("R1").add("on_close", "save_vm_state"))) {
      node.attach(PORT, peer.nio());
      node.start();
      node.stop();
      assertTrue(isCalled("\"suspend\""));
      node.start();
      assertPasses(peer);
    }
    peer.close();
  }

  @Test
  void onlyWorkstationLetsMachinesStandStill() {
    tool.trick("player");
    // Which is found out when vmrun says that there is no Workstation.
    try (EmulatedNode node = node(settings("R1"))) {
      node.start();
      assertTrue(refusal(node::suspend).contains("Workstation"));
      assertEquals("started", status(node));
      assertTrue(isCalled("[\"-T\", \"player\""));
    }
  }

  @Test
  void aMachineThatStoodStillIsFoundSo() {
    JsonObject body = settings("R1").build();
    var site = compute.site("R1");
    EmulatedNode node = connector.create(site, body);
    compute.adapter().runStates().saveProject(site.projectId(), JsonObject.EMPTY_JSON_OBJECT);
    node.remember();
    node.start();
    node.suspend();
    JsonObject running =
        compute.adapter().runStates().load().getFirst().nodes().getFirst().running().orElseThrow();
    node.release();
    try (EmulatedNode next = connector.create(site, body)) {
      assertTrue(next.adopt(running));
      assertEquals("suspended", status(next));
      ((Suspendable) next).resume();
      assertEquals("started", status(next));
    }
  }

  @Test
  void whatSomebodyElseHasStartedIsLeftAlone() {
    Path vmx = TestVmware.make(tool, "R1");
    tool.run("-T", "ws", "start", vmx.toString(), "nogui");
    try (EmulatedNode node = node(settings("R1"))) {
      assertTrue(refusal(node::start).contains("on already"));
    }
    assertTrue(tool.run("-T", "ws", "list").contains(vmx.toString()));
  }

  @Test
  void clonesAreMadeFoundAgainAndTakenOffTheList() throws IOException {
    JsonObject body = settings("R1").add("name", "C1").add("linked_clone", true).build();
    var site = compute.site("C1");
    JsonObject shown;
    try (EmulatedNode node = connector.create(site, body)) {
      shown = node.describe();
      assertEquals(
          site.directory(node.kind()).resolve("C1.vmx").toString(), shown.getString("vmx_path"));
      node.start();
      node.stop();
      Files.writeString(
          TestVmware.home(tool).resolve(".vmware/inventory.vmls"),
          "vmlist7.config = \""
              + shown.getString("vmx_path")
              + "\"\nvmlist7.DisplayName = \"C1\"\n"
              + "vmlist70.config = \"/x\"\n",
          StandardOpenOption.APPEND);
    }
    String list = Files.readString(TestVmware.home(tool).resolve(".vmware/inventory.vmls"));
    assertFalse(list.contains("vmlist7."));
    assertTrue(list.contains("vmlist70."));
    JsonObject again =
        Json.createObjectBuilder(body).add("vmx_path", shown.getString("vmx_path")).build();
    connector.create(site, again).close();
    assertEquals(1, tool.calls().stream().filter(call -> call.contains("\"clone\"")).count());
    VmwareConnector player =
        new VmwareConnector(
            compute.adapter(),
            TestVmware.config(tool.program(), "player"),
            Duration.ofSeconds(60),
            TestVmware.home(tool),
            true);
    assertTrue(refusal(() -> player.create(compute.site("C2"), body)).contains("no linked clones"));
  }

  @Test
  void onAServerThatIsNotLocalOnlyItsOwnMachinesAreUsed() throws IOException {
    VmwareConnector shared = connector(tool.program().toString(), "ws");
    JsonObject body = settings("R1").build();
    shared.create(compute.site("R1"), body).close();
    Path other = directory.resolve("other.vmx");
    Files.copy(TestVmware.make(tool, "R1"), other);
    JsonObject foreign = Json.createObjectBuilder(body).add("vmx_path", other.toString()).build();
    assertTrue(refusal(() -> shared.create(compute.site("R1"), foreign)).contains("none of"));
    JsonObject clone = Json.createObjectBuilder(body).add("linked_clone", true).build();
    assertTrue(refusal(() -> shared.create(compute.site("C1"), clone)).contains("local"));
    assertTrue(
        refusal(() -> node(settings("R1").add("vmx_path", "/nowhere/x.vmx"))).contains("none of"));
  }

  @Test
  void aMachineIsForOneNodeAlone() {
    EmulatedNode first = node(settings("R1"));
    assertTrue(refusal(() -> node(settings("R1"))).contains("one node alone"));
    first.close();
    node(settings("R1")).close();
  }

  @Test
  void programsThatAreMissingOldOrNotItAreTold() {
    assertTrue(unavailable("/no/such/vmrun").contains("not found"));
    tool.write("version", "1.12.1");
    assertTrue(unavailable(tool.program().toString()).contains("too old"));
    tool.write("version", "what?");
    assertTrue(unavailable(tool.program().toString()).contains("does not tell its version"));
    for (String good : List.of("1.13.0", "1.17.0", "2.0.0")) {
      tool.write("version", good);
      assertEquals("", unavailable(tool.program().toString()));
    }
    VmwareConnector missing = connector("/no/such/vmrun", "auto");
    assertTrue(refusal(missing::machines).contains("not found"));
    JsonObject body = settings("R1").build();
    assertTrue(refusal(() -> missing.create(compute.site("R1"), body)).contains("not found"));
  }

  private String unavailable(String vmrun) {
    return connector(vmrun, "ws").unavailable().orElse("");
  }

  @Test
  void theProductSaysWhichItIs() throws IOException {
    Path product = tool.program().resolveSibling("vmware");
    for (String said :
        List.of("VMware Player 17.5.0 build-1", "VMware Workstation 17.5.0 build-1")) {
      Files.writeString(product, "#!/bin/sh\necho '" + said + "'\n");
      Files.setPosixFilePermissions(product, PosixFilePermissions.fromString("rwx------"));
      VmwareConfig config = TestVmware.config(tool.program(), "auto");
      assertEquals(
          said.contains("Player") ? HostType.PLAYER : HostType.WS,
          new Vmrun(config, Duration.ofSeconds(60)).hostType());
    }
  }

  @Test
  void refusalsAndNonsenseAreTold() {
    try (EmulatedNode node = node(settings("R1"))) {
      String before = read("R1");
      tool.trick("no-start");
      assertTrue(refusal(node::start).contains("canceled"));
      assertEquals("stopped", status(node));
      assertEquals(before, read("R1"));
      tool.behave("no-start");
      tool.trick("garbage");
      assertTrue(refusal(node::start).contains("does not tell"));
      tool.behave("garbage");
      node.start();
    }
  }

  private String read(String name) {
    try {
      return Files.readString(TestVmware.make(tool, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aToolThatHangsIsGivenUp() {
    VmwareConnector impatient =
        TestVmware.connector(compute.adapter(), tool, Duration.ofSeconds(3), true);
    try (EmulatedNode node = impatient.create(compute.site("R1"), settings("R1").build())) {
      node.start();
      List<ProcessHandle> machine =
          NodeProcesses.mentioning("--machine " + TestVmware.make(tool, "R1"));
      assertEquals(1, machine.size());
      tool.trick("hang");
      node.stop();
      assertEquals("stopped", status(node));
      Deadline.await("its end", () -> machine.stream().noneMatch(ProcessHandle::isAlive));
      assertTrue(refusal(node::start).contains("did not answer within 3 seconds"));
      tool.behave("hang");
    }
  }
}
