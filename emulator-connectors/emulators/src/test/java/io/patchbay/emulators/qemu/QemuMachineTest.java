package io.patchbay.emulators.qemu;

import static io.patchbay.testkit.Nodes.change;
import static io.patchbay.testkit.Nodes.status;
import static io.patchbay.testkit.Nodes.terminal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.process.Programs;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeSite;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.TelnetClient;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What machines are and do, whatever is in them. */
class QemuMachineTest extends QemuLab {
  @Test
  void whatQemuSaysIsToldWhenItDoesNotStart() throws Exception {
    assertStartFails(create("'options': '-device no-such-device'"), "no-such-device");
    assertStartFails(create("'options': '-machine accel=tcg -cpu nonsense'"), "nonsense");
    assertStartFails(create("'adapter_type': 'no-such-card'"), "no-such-card");
    assertStartFails(create("'ram': 2000000000"), "memory");
    assertStartFails(
        create("'cpus': 255, 'options': '-machine accel=tcg,nonsense=on'"), "nonsense");
  }

  @Test
  void refusedChangesChangeNothing() throws Exception {
    try (EmulatedNode node = create("")) {
      JsonObject before = node.describe();
      for (String change :
          List.of(
              "{'ram': 64, 'hda_disk_image': 'none.img'}",
              "{'ram': 64, 'platform': 'sh4eb'}",
              "{'ram': 64, 'options': '-drive file=/etc/passwd'}",
              "{'ram': 64, 'options': '-append \\\\'}")) {
        refused(() -> node.update(object(change)));
        assertEquals(before, node.describe());
      }
    }
  }

  @Test
  void theEndOfAMachineIsNoticedAtOnceAndExplained() throws Exception {
    try (EmulatedNode node = create("'console_type': 'none'")) {
      node.start();
      compute.events().forget();
      ProcessHandle process = process(node);
      process.destroyForcibly();
      Deadline.await("the end", () -> status(node).equals("stopped"));
      assertEquals(List.of("stopped"), compute.events().statuses());
      assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
    }
  }

  @Test
  void screensListenWhereTheNodeSays() {
    for (String type : List.of("vnc", "none")) {
      try (EmulatedNode node = create("'console_type': '" + type + "'")) {
        node.start();
        JsonObject shown = node.describe();
        assertEquals(type.equals("none"), shown.isNull("console"));
        if (!shown.isNull("console")) {
          assertTrue(shown.getInt("console") >= 5900);
          try (TelnetClient viewer = new TelnetClient(shown.getInt("console"))) {
            Deadline.await("VNC's greeting", () -> viewer.heard().startsWith("RFB "));
          }
        }
        LabException running = refused(() -> node.update(object("{'console_type': 'telnet'}")));
        assertTrue(running.getMessage().contains("stopped"), running.getMessage());
      }
    }
  }

  @Test
  void aMachineHasNoMoreProcessorsThanItMayHave() {
    assertTrue(refused(() -> create("'cpus': 4, 'maxcpus': 2")).getMessage().contains("maxcpus"));
  }

  /** The handshake of the Spice protocol: a client's link message is answered by the server's. */
  @Test
  void spiceIsAnsweredByQemuItself() {
    String hello = "REDQ\2\0\0\0\2\0\0\0\22\0\0\0" + "\0\0\0\0\1\0" + "\0\0\0\0\0\0\0\0\22\0\0\0";
    for (String type : List.of("spice", "spice+agent")) {
      try (EmulatedNode node = create("'console_type': '" + type + "'")) {
        node.start();
        try (TelnetClient viewer = terminal(node)) {
          viewer.type(hello);
          Deadline.await("Spice's answer", () -> viewer.heard().startsWith("REDQ"));
        }
      }
    }
  }

  @Test
  void theProcessorIsThrottledAsLongAsThatIsWanted() {
    assumeTrue(Programs.find("cpulimit").isPresent(), "needs cpulimit");
    try (EmulatedNode node = create("'cpu_throttling': 50")) {
      node.start();
      String brake = "-z -p " + process(node).pid() + " -l ";
      assertEquals(1, NodeProcesses.mentioning(brake + 50).size());
      node.update(object("{'cpu_throttling': 20}"));
      assertEquals(1, NodeProcesses.mentioning(brake + 20).size());
      assertEquals(0, NodeProcesses.mentioning(brake + 50).size());
      node.update(object("{'cpu_throttling': 0}"));
      assertEquals(0, NodeProcesses.mentioning(brake).size());
      node.update(object("{'cpu_throttling': 30}"));
      node.stop();
      assertEquals(0, NodeProcesses.mentioning(brake).size());
    }
  }

  @Test
  void firmwareTpmAndConfigurationDisk() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd")), "needs OVMF");
    assumeTrue(Programs.find("swtpm").isPresent(), "needs swtpm");
    NodeSite site = compute.site("VM");
    try (EmulatedNode node =
        connector.create(
            site,
            body(
                "'uefi': true, 'tpm': true, 'create_config_disk': true,"
                    + " 'hda_disk_interface': 'ide', 'cpu_throttling': 50"))) {
      node.start();
      Path home = site.directory(connector.kind());
      assertTrue(Files.exists(home.resolve("OVMF_VARS_4M.fd")));
      assertTrue(Files.isDirectory(home.resolve("tpm")));
      assertEquals(16 << 20, Files.size(home.resolve(ConfigDisk.NAME)));
      assertTrue(node.describe().getString("command_line").contains("tpm-tis"));
      node.stop();
      assertEquals(0, compute.adapter().processes().endStrays());
      node.start();
    }
    disk("bios.img");
    assertStartFails(create("'uefi': true, 'bios_image': 'bios.img'"), "UEFI");
  }

  @Test
  void aConfigurationThatCannotBeUsedIsToldAndTheMachineStarts() throws Exception {
    NodeSite site = compute.site("VM");
    try (EmulatedNode node = connector.create(site, body("'create_config_disk': true"))) {
      node.start();
      node.stop();
      Path home = site.directory(connector.kind());
      Path archive = Files.writeString(home.resolve(ConfigFiles.ARCHIVE), "no archive");
      Files.setLastModifiedTime(archive, FileTime.from(Instant.now().plusSeconds(60)));
      node.start();
      assertEquals("started", status(node));
      assertTrue(
          compute.events().logs().stream().anyMatch(text -> text.contains("configuration")),
          compute.events().logs().toString());
    }
  }

  @Test
  void reloadRestartsOnlyAMachineThatHasChanged() {
    try (EmulatedNode node = create("")) {
      node.start();
      ProcessHandle first = process(node);
      node.reload();
      assertEquals(first, process(node));
      node.update(object("{'ram': 48}"));
      node.reload();
      assertTrue(node.describe().getString("command_line").contains("-m 48M"));
      assertFalse(first.isAlive());
      node.stop();
      node.reload();
      assertEquals("stopped", status(node));
    }
  }

  @Test
  void manyAdaptersFit() {
    try (EmulatedNode node = create("'adapters': 100, 'ram': 64")) {
      node.start();
      assertEquals("started", status(node));
      assertEquals(200, compute.adapter().udpPorts().leased().size());
    }
  }
}
