package io.patchbay.emulators.dynamips;

import static io.patchbay.testkit.Nodes.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.runtime.image.ImageKind;
import io.patchbay.runtime.survival.NodeState;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.IdlePcSource;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import io.patchbay.testkit.UdpPeer;
import io.patchbay.testkit.router.RouterImage;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What happens to one router of a process is none of the business of the others. */
class SharedHypervisorTest extends SharedHypervisorLab {
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
