package io.patchbay.emulators.vmware;

import static io.patchbay.testkit.Nodes.refusal;
import static io.patchbay.testkit.Nodes.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.emulators.vm.VmContract;
import io.patchbay.runtime.VmwareConfig;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.spi.Suspendable;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.UdpPeer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only machines of VMware's do. */
class VmwareTest extends VmwareLab implements VmContract {
  @Override
  public EmulatorConnector connector(String program) {
    return connector(program, "ws");
  }

  @Override
  public Versions versions() {
    return new Versions("1.12.1", "too old", List.of("1.13.0", "1.17.0", "2.0.0"));
  }

  @Override
  public String shutDownCall() {
    return "\"soft\"]";
  }

  @Override
  public String powerOffCall() {
    return "\"hard\"]";
  }

  @Override
  public void makeConnected(String name) {
    TestVmware.make(tool, name);
  }

  @Override
  public void makeLarge(String name) throws IOException {
    Path vmx = TestVmware.make(tool, name);
    Files.writeString(vmx, Files.readString(vmx).replace("\"512\"", "\"100000000\""));
  }

  @Override
  public String attachment(String name) throws IOException {
    return VmwareFile.read(TestVmware.make(tool, name))
        .get("ethernet0.connectionType")
        .orElseThrow();
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

  @Test
  void savedStateIsGoneOnFrom() {
    UdpPeer peer = peer();
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
