package io.patchbay.emulators.qemu;

import static io.patchbay.testkit.Nodes.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.DiskOwner;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeSite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of machines, and what is written over them. */
class QemuDisksTest extends QemuLab {
  @TempDir private Path elsewhere;

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
}
