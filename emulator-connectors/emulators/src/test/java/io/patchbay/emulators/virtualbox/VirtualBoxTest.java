package io.patchbay.emulators.virtualbox;

import static io.patchbay.testkit.Nodes.change;
import static io.patchbay.testkit.Nodes.refusal;
import static io.patchbay.testkit.Nodes.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.emulators.vm.VmContract;
import io.patchbay.runtime.VirtualBoxConfig;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.UdpPeer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only machines of VirtualBox do. */
class VirtualBoxTest extends VirtualBoxLab implements VmContract {
  @Override
  public EmulatorConnector connector(String program) {
    return new VirtualBoxConnector(
        compute.adapter(),
        new VirtualBoxConfig(program, Duration.ofSeconds(1)),
        Duration.ofSeconds(60));
  }

  @Override
  public Versions versions() {
    return new Versions(
        "4.3.40r110317", "5 or newer", List.of("5.0.40r115130", "6.1.50r161033", "7.1.4r165100"));
  }

  @Override
  public String shutDownCall() {
    return "acpipowerbutton";
  }

  @Override
  public String powerOffCall() {
    return "\"poweroff\"";
  }

  @Override
  public void makeConnected(String name) {
    tool.trick("nat-" + name);
    TestVirtualBox.make(tool, name);
  }

  @Override
  public void makeLarge(String name) {
    TestVirtualBox.make(tool, name, "{\"memory\": 100000000}");
  }

  @Override
  public String attachment(String name) {
    return info(name).lines().filter(line -> line.startsWith("nic1=")).findFirst().orElseThrow();
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
  void withoutHeadlessItHasAWindow() {
    try (EmulatedNode node = node(settings("R1").add("headless", false))) {
      node.start();
      String id = TestVirtualBox.id("R1");
      assertTrue(tool.calls().contains("[\"--nologo\", \"startvm\", \"" + id + "\"]"));
    }
  }

  @Test
  void aGuestThatShutsDownStopsTheNode() {
    try (EmulatedNode node = node(settings("R1"))) {
      node.start();
      tool.run("--nologo", "controlvm", "R1", "acpipowerbutton");
      Deadline.await("the end", () -> status(node).equals("stopped"));
      assertEquals(List.of("started", "stopped"), compute.events().statuses());
    }
  }

  @Test
  void savedStateIsGoneOnFromWithNewTunnels() {
    UdpPeer peer = peer();
    try (EmulatedNode node = node(settings("R1").add("on_close", "save_vm_state"))) {
      node.attach(PORT, peer.nio());
      node.start();
      node.stop();
      assertTrue(info("R1").contains("VMState=\"saved\""));
      // Takes what would come next.
      int other = compute.adapter().udpPorts().lease();
      node.start();
      assertEquals("started", status(node));
      assertPasses(peer);
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
  void itIsRunOnceAtATime() {
    List<EmulatedNode> nodes =
        Stream.of("R1", "R2", "R3", "R4").map(name -> node(settings(name))).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      nodes.forEach(node -> threads.execute(node::start));
    }
    nodes.forEach(node -> assertEquals("started", status(node)));
    nodes.parallelStream().forEach(EmulatedNode::close);
  }

  @Test
  void refusalsAndNonsenseAreTold() {
    assertTrue(
        refusal(() -> node(withoutMachine("R1"))).contains("Could not find a registered machine"));
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
    VirtualBoxConnector impatient =
        TestVirtualBox.connector(compute.adapter(), tool, Duration.ofSeconds(3));
    try (EmulatedNode node = impatient.create(compute.site("R1"), settings("R1").build())) {
      node.start();
      List<ProcessHandle> machine = TestVirtualBox.processes(TestVirtualBox.id("R1"));
      tool.trick("hang");
      assertTrue(refusal(impatient::machines).contains("did not answer within 3 seconds"));
      node.stop();
      assertEquals("stopped", status(node));
      assertTrue(machine.stream().noneMatch(ProcessHandle::isAlive), "it is ended all the same");
      tool.behave("hang");
    }
  }
}
