package io.patchbay.emulators.dynamips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.DynamipsConfig;
import io.patchbay.runtime.image.ImageKind;
import io.patchbay.runtime.survival.NodeState;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.IdlePcSource;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.Frames;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.RouterImage;
import io.patchbay.testkit.TelnetClient;
import io.patchbay.testkit.TestCompute;
import io.patchbay.testkit.UdpPeer;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routers that run in one process: what happens to one of them is none of the others' business. */
class SharedHypervisorTest {
  /** Room for three of the routers, which have 64 MB each. */
  private static final DynamipsConfig SHARED = new DynamipsConfig("dynamips", true, true, 200);

  private static final PortAddress PORT = new PortAddress(0, 0);

  @TempDir private Path directory;
  private final List<UdpPeer> peers = new ArrayList<>();
  private TestCompute compute;
  private DynamipsConnector connector;

  @BeforeEach
  void open() throws IOException {
    useCompute(Duration.ofSeconds(30));
    assumeTrue(connector.unavailable().isEmpty(), () -> connector.unavailable().orElse(""));
  }

  private void useCompute(Duration patience) throws IOException {
    if (compute != null) {
      compute.close();
    }
    compute = TestCompute.open(directory, TestCompute.roomy(), SHARED);
    TestRouter.provide(compute.adapter());
    TestRouter.shareTables(compute.adapter());
    connector = new DynamipsConnector(compute.adapter(), Duration.ZERO, patience);
  }

  @AfterEach
  void nothingStays() throws IOException {
    TestRouter.shareTables(compute.adapter());
    peers.forEach(UdpPeer::close);
    assertEquals(Set.of(), Set.copyOf(compute.adapter().consolePorts().leased()));
    assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
    assertEquals(List.of(), processes());
    Path files = directory.resolve("project-files/dynamips");
    try (var all = Files.list(files)) {
      assertEquals(List.of(), all.filter(Files::isRegularFile).toList(), "logs and ghosts");
    }
    compute.close();
  }

  private List<ProcessHandle> processes() {
    return NodeProcesses.mentioning(directory.toString());
  }

  private EmulatedNode create(String name) {
    return create(TestRouter.settings(name));
  }

  private EmulatedNode create(JsonObjectBuilder settings) {
    JsonObject body = settings.build();
    return connector.create(compute.site(body.getString("name")), body);
  }

  private static String status(EmulatedNode node) {
    return node.describe().getString("status");
  }

  private UdpPeer plug(EmulatedNode node) {
    UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
    node.attach(PORT, peer.nio());
    peers.add(peer);
    return peer;
  }

  private static void assertEchoes(UdpPeer peer) {
    byte[] frame = Frames.ip("02:00:00:00:00:02", "02:00:00:00:00:01", "there and back");
    byte[] marked = frame.clone();
    marked[14] = RouterImage.MARK;
    peer.sendUntil(frame, peer, back -> Arrays.equals(back, marked));
  }

  private static void assertTalks(EmulatedNode node) {
    try (TelnetClient terminal = new TelnetClient(node.describe().getInt("console"))) {
      terminal.ask("say so", "SAY SO");
    }
  }

  @Test
  void lifeOfOneDoesNotTouchTheOther() {
    try (EmulatedNode one = create("R1");
        EmulatedNode two = create("R1")) {
      UdpPeer first = plug(one);
      UdpPeer second = plug(two);
      one.start();
      two.start();
      ProcessHandle hypervisor = onlyProcess();
      assertEchoes(first);
      assertEchoes(second);
      assertTalks(one);
      one.suspend();
      assertEchoes(second);
      one.reload();
      assertEchoes(first);
      assertEchoes(second);
      one.detach(PORT);
      assertEchoes(second);
      one.stop();
      assertEchoes(second);
      assertTalks(two);
      one.update(Json.createObjectBuilder().add("name", "R2").build());
      UdpPeer again = plug(one);
      one.start();
      two.stop();
      assertEchoes(again);
      assertEquals(hypervisor, onlyProcess());
    }
  }

  private ProcessHandle onlyProcess() {
    assertEquals(1, processes().size());
    return processes().getFirst();
  }

  @Test
  void processHasRoomForSoMuchMemory() {
    List<EmulatedNode> nodes = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      nodes.add(create("R" + i));
      nodes.getLast().start();
      onlyProcess();
    }
    nodes.add(create("R4"));
    nodes.getLast().start();
    assertEquals(2, processes().size());
    nodes.getFirst().close();
    nodes.getLast().close();
    ProcessHandle first = onlyProcess();
    // There is room again.
    nodes.set(0, create("R5"));
    nodes.getFirst().start();
    assertEquals(first, onlyProcess());
    // One that alone is larger than that has a process to itself.
    nodes.set(3, create(TestRouter.settings("R6").add("ram", 256)));
    nodes.getLast().start();
    assertEquals(2, processes().size());
    nodes.forEach(EmulatedNode::close);
  }

  @Test
  void routersWithOtherImagesHaveOtherProcesses() throws IOException {
    Path images = compute.adapter().images().directory(ImageKind.DYNAMIPS);
    Files.write(images.resolve("other.image"), RouterImage.bytes());
    try (EmulatedNode one = create("R1");
        EmulatedNode two = create(TestRouter.settings("R2").add("image", "other.image"))) {
      one.start();
      two.start();
      assertEquals(2, processes().size());
    }
  }

  /** What Dynamips refuses to start is the trouble of its router alone. */
  @Test
  void startThatFailsLeavesNothingInTheProcess() throws IOException {
    NodeSite site = compute.site("R2");
    // In the place of a file that it needs.
    Path nvram = site.directory(NodeKinds.DYNAMIPS).resolve("c7200_i2_nvram");
    Files.createDirectories(nvram);
    try (EmulatedNode one = create("R1");
        EmulatedNode two = connector.create(site, TestRouter.settings("R2").build())) {
      UdpPeer first = plug(one);
      one.start();
      assertEchoes(first);
      for (int attempt = 0; attempt < 2; attempt++) {
        LabException refused = assertThrows(LabException.class, two::start);
        assertTrue(refused.getMessage().contains("unable to start"), refused.getMessage());
        assertEchoes(first);
      }
      Files.delete(nvram);
      two.start();
      onlyProcess();
      assertTalks(two);
      assertEchoes(first);
    }
  }

  @Test
  void allAreStoppedIfTheProcessDies() throws IOException {
    try (EmulatedNode one = create("R1");
        EmulatedNode two = create("R2")) {
      one.start();
      two.start();
      processes().getFirst().destroyForcibly();
      for (EmulatedNode node : List.of(one, two)) {
        Deadline.await("its end", () -> status(node).equals("stopped"));
      }
      for (String name : List.of("R1", "R2")) {
        String told = "Dynamips of " + name + " has ended";
        Deadline.await(
            told, () -> compute.events().logs().stream().anyMatch(log -> log.startsWith(told)));
      }
      one.start();
      two.start();
      onlyProcess();
      assertTalks(two);
    }
  }

  /** Nobody waits for ever, other processes are not concerned, and all is told. */
  @Test
  void processThatHangsIsEnded() throws IOException {
    useCompute(Duration.ofSeconds(1));
    Files.write(
        compute.adapter().images().directory(ImageKind.DYNAMIPS).resolve("other.image"),
        RouterImage.bytes());
    try (EmulatedNode one = create("R1");
        EmulatedNode two = create("R2");
        EmulatedNode other = create(TestRouter.settings("R3").add("image", "other.image"))) {
      one.start();
      two.start();
      ProcessHandle hung = onlyProcess();
      other.start();
      new ProcessBuilder("kill", "-STOP", "" + hung.pid()).start().onExit().join();
      assertThrows(LabException.class, one::suspend);
      other.suspend();
      assertEquals("suspended", status(other));
      one.stop();
      assertEquals("stopped", status(one));
      Deadline.await("the end of the other one", () -> status(two).equals("stopped"));
      Deadline.await(
          "the reason",
          () -> compute.events().logs().stream().anyMatch(log -> log.contains("R1 could not be")));
      assertFalse(hung.isAlive());
      two.start();
      assertEquals("started", status(two));
    }
  }

  /** A late answer ends the connection of its router, and neither that router nor the others. */
  @Test
  void routerWhoseConnectionIsLostIsStoppedAlone() throws Exception {
    useCompute(Duration.ofSeconds(1));
    try (EmulatedNode one = create("R1");
        EmulatedNode two = create("R2")) {
      UdpPeer second = plug(two);
      one.start();
      two.start();
      ProcessHandle hypervisor = onlyProcess();
      new ProcessBuilder("kill", "-STOP", "" + hypervisor.pid()).start().onExit().join();
      assertThrows(LabException.class, one::suspend);
      new ProcessBuilder("kill", "-CONT", "" + hypervisor.pid()).start().onExit().join();
      assertEchoes(second);
      one.stop();
      assertEchoes(second);
      one.start();
      assertEquals(hypervisor, onlyProcess());
      assertTalks(one);
      assertEchoes(second);
    }
  }

  @Test
  void allAreTakenUpByTheNextServer() throws IOException {
    NodeSite site = compute.site("R1");
    compute.adapter().runStates().saveProject(site.projectId(), JsonValue.EMPTY_JSON_OBJECT);
    List<EmulatedNode> nodes = List.of(create("R1"), create("R2"), create("R3"));
    nodes.forEach(EmulatedNode::remember);
    nodes.forEach(EmulatedNode::start);
    ProcessHandle hypervisor = onlyProcess();
    nodes.forEach(EmulatedNode::release);

    useCompute(Duration.ofSeconds(30));
    Map<String, NodeState> left =
        compute.adapter().runStates().load().getFirst().nodes().stream()
            .collect(
                Collectors.toMap(state -> state.settings().getString("name"), Function.identity()));
    try (EmulatedNode one = again(left.get("R1"));
        EmulatedNode two = again(left.get("R2"));
        EmulatedNode three = again(left.get("R3"))) {
      // The first one cannot be had again, and the others are still to come.
      try (ServerSocket taken = new ServerSocket()) {
        taken.bind(new InetSocketAddress(one.describe().getInt("console")));
        JsonObject running = left.get("R1").running().orElseThrow();
        assertThrows(LabException.class, () -> one.adopt(running));
      }
      assertTrue(two.adopt(left.get("R2").running().orElseThrow()));
      assertTrue(three.adopt(left.get("R3").running().orElseThrow()));
      assertEquals(hypervisor, onlyProcess());
      assertEquals("stopped", status(one));
      assertTalks(two);
      UdpPeer third = plug(three);
      two.stop();
      assertEchoes(third);
      two.start();
      assertEquals(hypervisor, onlyProcess());
      three.stop();
      assertTalks(two);
      one.start();
      assertEquals(hypervisor, onlyProcess());
    }
  }

  private EmulatedNode again(NodeState state) {
    String name = state.settings().getString("name");
    return connector.create(compute.site(state.nodeId(), name), state.settings());
  }

  /**
   * One that does not run is started for it, and another one that never rests is of no account:
   * only the threads of the router itself are looked at. Each measurement takes Dynamips ten
   * seconds, so there are two at once.
   */
  @Test
  void idlePcsAreMeasuredAtOnce() throws Exception {
    try (EmulatedNode stopped = create(TestRouter.settings("R1").add("idlepc", ""));
        EmulatedNode node = create(TestRouter.settings("R2").add("idlepc", ""));
        ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      node.start();
      // What it did before it has booted would be taken for proposals too.
      assertTalks(node);
      Future<List<String>> proposals = other.submit(((IdlePcSource) stopped)::idlePcProposals);
      String found = ((IdlePcSource) node).findIdlePc();
      assertEquals(found, node.describe().getString("idlepc"));
      assertEquals("started", status(node));
      long loop = Long.parseUnsignedLong(found.substring(2), 16) - RouterImage.IDLE_PC;
      assertTrue(loop >= 0 && loop < RouterImage.LOOP, found);
      assertFalse(proposals.get().isEmpty());
      assertEquals("", stopped.describe().getString("idlepc"));
      assertEquals("stopped", status(stopped));
      onlyProcess();
    }
  }

  /** What the ROM monitor keeps, wherever the process is when it writes it. */
  @Test
  void filesOfARouterAreInItsDirectory() throws IOException {
    NodeSite site = compute.site("R1");
    Path files = site.directory(NodeKinds.DYNAMIPS);
    try (EmulatedNode one = connector.create(site, TestRouter.settings("R1").build());
        EmulatedNode two = create("R2")) {
      one.start();
      two.start();
      Files.writeString(files.resolveSibling("c7200_i1_rommon_vars"), "BOOT=x\n");
      one.stop();
      assertEquals("BOOT=x\n", Files.readString(files.resolve("c7200_i1_rommon_vars")));
      assertTrue(Files.exists(files.resolve("c7200_i1_nvram")));
      assertFalse(Files.exists(files.resolve("c7200_i2_nvram")));
      assertFalse(Files.exists(files.resolve("c7200_i1_lock")));
    }
  }
}
