package io.patchbay.emulators.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.image.ImageKind;
import io.patchbay.runtime.image.QemuImg;
import io.patchbay.runtime.process.Programs;
import io.patchbay.runtime.process.Tool;
import io.patchbay.spi.DiskOwner;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeSite;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.TelnetClient;
import io.patchbay.testkit.TestCompute;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines without a guest, by the QEMU that is installed: only firmware runs in them. */
class QemuMachineTest {
  @TempDir private Path directory;
  @TempDir private Path elsewhere;
  private TestCompute compute;
  private QemuConnector connector;

  @BeforeEach
  void open() {
    assumeTrue(Programs.find("qemu-system-x86_64").isPresent(), "needs qemu-system-x86_64");
    assumeTrue(Programs.find("qemu-img").isPresent(), "needs qemu-img");
    compute = TestCompute.open(directory, TestCompute.roomy());
    connector = new QemuConnector(compute.adapter());
  }

  @AfterEach
  void nothingStays() {
    if (compute != null) {
      try {
        assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
        assertEquals(0, compute.adapter().processes().endStrays());
      } finally {
        compute.close();
      }
    }
  }

  /** A body with these settings, written with ' for ". */
  private static JsonObject body(String settings) {
    String text =
        "{'name': 'VM', 'platform': 'x86_64', 'ram': 32, 'options': '-machine accel=tcg'"
            + (settings.isEmpty() ? "" : ", " + settings)
            + "}";
    return object(text);
  }

  private static JsonObject object(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }

  private EmulatedNode create(String settings) {
    return connector.create(compute.site("VM"), body(settings));
  }

  private Path image(String name) throws IOException {
    Path image = compute.adapter().images().directory(ImageKind.QEMU).resolve(name);
    Files.createDirectories(image.getParent());
    return image;
  }

  private Path disk(String name) throws IOException {
    return qcow2(name, "1M");
  }

  /** As qemu-img makes it, whatever it lies over. */
  private Path qcow2(String name, String... more) throws IOException {
    Path image = image(name);
    List<String> command =
        new ArrayList<>(List.of("qemu-img", "create", "-q", "-f", "qcow2", image.toString()));
    command.addAll(List.of(more));
    Tool.Result result = Tool.run(command);
    assertEquals(0, result.status(), result.errors());
    return image;
  }

  private static QemuImg qemuImg() {
    return new QemuImg(Programs.find("qemu-img").orElseThrow());
  }

  private static LabException refused(Runnable request) {
    return assertThrows(LabException.class, request::run);
  }

  private static String status(EmulatedNode node) {
    return node.describe().getString("status");
  }

  /** Starts in vain: clear words, and nothing is left. */
  private void assertStartFails(EmulatedNode node, String words) {
    try (node) {
      compute.events().forget();
      LabException failed = refused(node::start);
      assertEquals(ErrorCode.CONFLICT, failed.code());
      assertTrue(failed.getMessage().contains(words), failed.getMessage());
      assertEquals("stopped", status(node));
      assertEquals(List.of(), compute.events().statuses());
      assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
      assertEquals(0, compute.adapter().processes().endStrays());
    }
  }

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
  void imagesThatCannotBeUsedAreNamed() throws Exception {
    Path broken = image("broken.qcow2");
    byte[] content = Files.readAllBytes(disk("other.qcow2"));
    content[7] = 77;
    Files.write(broken, content);
    assertStartFails(
        create("'hda_disk_image': 'broken.qcow2', 'hda_disk_interface': 'ide'"), "qcow2");
    LabException missing = refused(() -> create("'hda_disk_image': 'none.img'"));
    assertEquals("none.img", missing.details().get("image"));
    assertEquals(ErrorCode.CONFLICT, refused(() -> create("'cdrom_image': '/etc/passwd'")).code());
    EmulatedNode node = create("'hda_disk_image': 'other.qcow2'");
    Files.delete(image("other.qcow2"));
    assertTrue(node.describe().isNull("hda_disk_image_md5sum"));
    assertStartFails(node, "other.qcow2");
  }

  /** Else whoever may upload an image could read every file of the server. */
  @Test
  void imagesDoNotReachBeyondTheImages() throws Exception {
    Path secret = Files.writeString(elsewhere.resolve("secret"), "x".repeat(512));
    qcow2("outside.qcow2", "-F", "raw", "-b", secret.toString());
    assertStartFails(create("'hda_disk_image': 'outside.qcow2'"), "secret");
    disk("below.qcow2");
    qcow2("over.qcow2", "-F", "qcow2", "-b", "below.qcow2");
    try (EmulatedNode node = create("'hda_disk_image': 'over.qcow2'")) {
      node.start();
    }
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
  void linkedClonesLeaveTheImageAloneAndFollowItWhenItMoves() throws Exception {
    Path base = disk("base.qcow2");
    byte[] before = Files.readAllBytes(base);
    NodeSite site = compute.site("VM");
    Path overlay = site.directory(connector.kind()).resolve("hda_disk.qcow2");
    try (EmulatedNode node =
        connector.create(
            site, body("'hda_disk_image': 'base.qcow2', 'hda_disk_interface': 'virtio'"))) {
      assertFalse(Files.exists(overlay));
      node.start();
      assertTrue(Files.exists(overlay));
      LabException busy = refused(() -> ((DiskOwner) node).extendDisk("hda", 1));
      assertTrue(busy.getMessage().contains("in use"), busy.getMessage());
      node.stop();
      ((DiskOwner) node).extendDisk("hda", 2);
      assertEquals(3 << 20, qemuImg().info(overlay).virtualSize());
      Path moved = image("below/base.qcow2");
      Files.move(base, moved);
      node.start();
      assertEquals(moved.toString(), qemuImg().info(overlay).backing().orElseThrow());
      assertEquals(3 << 20, qemuImg().info(overlay).virtualSize());
      assertEquals(
          new String(before, StandardCharsets.ISO_8859_1),
          Files.readString(moved, StandardCharsets.ISO_8859_1));
      assertEquals(
          ErrorCode.CONFLICT, refused(() -> ((DiskOwner) node).extendDisk("hdb", 1)).code());
    }
  }

  @Test
  void withoutCloningAnImageIsForOneNodeAlone() throws Exception {
    disk("own.qcow2");
    String settings = "'hda_disk_image': 'own.qcow2', 'linked_clone': false";
    try (EmulatedNode node = create(settings)) {
      assertEquals(ErrorCode.CONFLICT, refused(() -> create(settings)).code());
      node.start();
      assertTrue(node.describe().getString("command_line").contains("QEMU/own.qcow2"));
    }
    create(settings).close();
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

  private static ProcessHandle process(EmulatedNode node) {
    return NodeProcesses.of(node.describe().getString("command_line")).getFirst();
  }

  @Test
  void aSavedStateIsGoneOnFromOnce() throws Exception {
    disk("base.qcow2");
    NodeSite site = compute.site("VM");
    Path overlay = site.directory(connector.kind()).resolve("hda_disk.qcow2");
    try (EmulatedNode node =
        connector.create(
            site,
            body(
                "'hda_disk_image': 'base.qcow2', 'hda_disk_interface': 'ide',"
                    + " 'on_close': 'save_vm_state'"))) {
      node.start();
      assertFalse(node.describe().getString("command_line").contains("-loadvm"));
      node.stop();
      assertEquals(List.of(QemuDisks.SAVED_STATE), qemuImg().info(overlay).snapshots());
      node.start();
      assertTrue(node.describe().getString("command_line").contains("-loadvm"));
      assertEquals(List.of(), qemuImg().info(overlay).snapshots());
      node.stop();
      node.update(object("{'on_close': 'power_off'}"));
      node.start();
      assertFalse(node.describe().getString("command_line").contains("-loadvm"));
      assertEquals(List.of(), qemuImg().info(overlay).snapshots());
    }
  }

  @Test
  void aStateThatCannotBeSavedIsToldAndTheMachineStops() {
    try (EmulatedNode node = create("'on_close': 'save_vm_state'")) {
      node.start();
      node.stop();
      assertEquals("stopped", status(node));
      assertTrue(
          compute.events().logs().stream().anyMatch(text -> text.contains("not saved")),
          compute.events().logs()::toString);
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
        try (TelnetClient viewer = new TelnetClient(node.describe().getInt("console"))) {
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
