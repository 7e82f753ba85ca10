package io.patchbay.emulators.dynamips;

import static io.patchbay.testkit.Nodes.change;
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
import io.patchbay.testkit.TelnetClient;
import io.patchbay.testkit.TestCompute;
import io.patchbay.testkit.router.RouterImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What routers have beyond what every node has. */
class RouterTest extends RouterLab {
  @Test
  void disksAreDeletedIfThatIsWanted() throws IOException {
    NodeSite site = compute.site("R1");
    Path files = site.directory(NodeKinds.DYNAMIPS);
    try (EmulatedNode node = create(site, TestRouter.settings("R1"))) {
      node.start();
      node.stop();
      assertTrue(Files.exists(files.resolve("c7200_i1_nvram")));
      node.update(change("auto_delete_disks", true));
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
        refusal(node::start);
        assertEquals("stopped", status(node));
        assertEquals(List.of(), processes());
      }
    }
  }

  @Test
  void numbersOfRoutersAreTheirOwn() {
    try (EmulatedNode first = create(TestRouter.settings("R1").add("dynamips_id", 7))) {
      assertEquals(7, first.describe().getInt("dynamips_id"));
      assertTrue(first.describe().getString("mac_addr").startsWith("ca07."));
      assertTrue(
          refusal(() -> create(TestRouter.settings("R2").add("dynamips_id", 7))).contains("7"));
      refusal(() -> create(TestRouter.settings("R2").add("dynamips_id", 0)));
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
      refusal(node::start);
      assertEquals("stopped", status(node));
    }
  }

  /** Whatever it takes, no request waits for a hypervisor for ever, and nothing of it stays. */
  @Test
  void hypervisorThatHangsIsEnded() throws IOException {
    connector = new DynamipsConnector(compute.adapter(), Duration.ZERO, Duration.ofSeconds(2));
    try (EmulatedNode node = create(TestRouter.settings("R1"))) {
      node.start();
      ProcessHandle hypervisor = processes().getFirst();
      new ProcessBuilder("kill", "-STOP", "" + hypervisor.pid()).start().onExit().join();
      assertTrue(refusal(node::suspend).contains("does not answer"));
      assertEquals("started", status(node));
      node.stop();
      assertEquals("stopped", status(node));
      assertFalse(hypervisor.isAlive());
      node.start();
      assertEquals("started", status(node));
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
