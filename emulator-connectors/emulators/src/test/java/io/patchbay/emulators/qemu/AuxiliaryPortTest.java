package io.patchbay.emulators.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.process.Programs;
import io.patchbay.runtime.survival.NodeState;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeSite;
import io.patchbay.testkit.TelnetClient;
import io.patchbay.testkit.TestCompute;
import io.patchbay.testkit.TestGuest;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Linux sees of one more serial port, and of processors that it may be given. */
class AuxiliaryPortTest {
  private final int aux = TestCompute.roomy().lastConsole() - 1;

  @TempDir private Path directory;
  private TestCompute compute;

  @BeforeEach
  void open() {
    assumeTrue(Programs.find("qemu-system-x86_64").isPresent(), "needs qemu-system-x86_64");
    TestGuest.assumeAvailable();
    compute = TestCompute.open(directory, TestCompute.roomy());
    QemuContractTest.provide(compute.adapter(), "vmlinuz", TestGuest.kernel());
    QemuContractTest.provide(compute.adapter(), "initrd", TestGuest.initrd());
  }

  @AfterEach
  void close() {
    if (compute != null) {
      compute.close();
    }
  }

  private EmulatedNode create(NodeSite site, JsonObject settings) {
    return new QemuConnector(compute.adapter()).create(site, settings);
  }

  @Test
  void itIsServedBesideTheConsoleAndByTheNextServerToo() throws Exception {
    NodeSite site = compute.site("VM");
    EmulatedNode node = create(site, settings());
    compute.adapter().runStates().saveProject(site.projectId(), JsonValue.EMPTY_JSON_OBJECT);
    node.remember();
    node.start();
    assertEquals(aux, node.describe().getInt("aux"));
    try (TelnetClient terminal = new TelnetClient(aux)) {
      terminal.ask("tty", "/dev/ttyS1");
      terminal.ask("cat /sys/devices/system/cpu/possible", "0-1");
    }
    node.release();
    compute.close();

    compute = TestCompute.open(directory, TestCompute.roomy());
    NodeState left = compute.adapter().runStates().load().getFirst().nodes().getFirst();
    try (EmulatedNode next = create(compute.site(left.nodeId(), "VM"), left.settings())) {
      next.adopt(left.running().orElseThrow());
      try (TelnetClient terminal = new TelnetClient(aux)) {
        terminal.ask("echo a$((6*7))b", "a42b");
      }
      LabException running = assertThrows(LabException.class, () -> next.update(moved()));
      assertTrue(running.getMessage().contains("stopped"), running.getMessage());
      next.stop();
      next.update(moved());
      assertEquals(aux + 1, next.describe().getInt("aux"));
    }
  }

  private JsonObject settings() {
    return Json.createObjectBuilder()
        .add("name", "VM")
        .add("platform", "x86_64")
        .add("ram", 96)
        .add("cpus", 1)
        .add("maxcpus", 2)
        .add("aux", aux)
        .add("kernel_image", "vmlinuz")
        .add("initrd", "initrd")
        .add("kernel_command_line", "console=ttyS0 quiet")
        .build();
  }

  private JsonObject moved() {
    return Json.createObjectBuilder().add("aux", aux + 1).build();
  }
}
