package io.patchbay.emulators.dynamips;

import static io.patchbay.testkit.Nodes.refusal;
import static io.patchbay.testkit.Nodes.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.runtime.image.ImageKind;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.UdpPeer;
import io.patchbay.testkit.router.RouterImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failures of a process that has several routers, and of one of its routers. */
class SharedHypervisorFailuresTest extends SharedHypervisorLab {
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

  /** Dynamips would crash by it, with all routers that it has. */
  @Test
  void imageThatIsCutOffIsTheTroubleOfItsRouterAlone() throws IOException {
    Path image = compute.adapter().images().directory(ImageKind.DYNAMIPS).resolve(TestRouter.IMAGE);
    byte[] whole = Files.readAllBytes(image);
    try (EmulatedNode one = create("R1");
        EmulatedNode two = create("R2")) {
      UdpPeer first = plug(one);
      one.start();
      Files.write(image, Arrays.copyOf(whole, whole.length - 1));
      assertTrue(refusal(two::start).contains("not a valid IOS image: it ends before"));
      assertEchoes(first);
      Files.write(image, whole);
      two.start();
      onlyProcess();
      assertEchoes(first);
    }
  }
}
