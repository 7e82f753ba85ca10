package io.patchbay.emulators.qemu.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QemuSettingsTest {
  private static JsonObject body(String name, int value) {
    return Json.createObjectBuilder().add(name, value).build();
  }

  @Test
  void nullSaysNothingAndWhatIsNoSettingIsLeftOut() {
    QemuSettings settings = QemuSettings.initial().with(body("ram", 64));
    JsonObject nothing =
        Json.createObjectBuilder().addNull("ram").add("hda_disk_image_md5sum", "x").build();
    assertEquals(settings, settings.with(nothing));
    assertEquals(64, settings.number("ram"));
  }

  @Test
  void someChangesNeedNoOtherMachine() {
    QemuSettings settings = QemuSettings.initial();
    assertTrue(settings.sameMachine(settings.with("usage", "notes")));
    assertTrue(settings.sameMachine(settings.with("on_close", "save_vm_state")));
    assertFalse(settings.sameMachine(settings.with(body("ram", 64))));
  }

  @Test
  void addressesFollowFromTheNodeAndAreCountedOn() {
    String first = MacAddress.ofNode(UUID.fromString("12345678-9abc-4def-8123-456789abcdef"));
    assertEquals("0c:34:56:78:00:00", first);
    QemuSettings settings = QemuSettings.initial().with("mac_address", first);
    assertEquals("0c:34:56:78:01:02", settings.macAddress(258));
  }

  @Test
  void programsAreChosenAsInTheReference() {
    LabException unnamed =
        assertThrows(
            LabException.class,
            () -> QemuProgram.choose(Optional.empty(), Optional.empty(), false));
    assertTrue(unnamed.getMessage().contains("qemu-system-None"), unnamed.getMessage());
    LabException foreign =
        assertThrows(
            LabException.class,
            () -> QemuProgram.choose(Optional.of("ls"), Optional.empty(), false));
    assertTrue(foreign.getMessage().contains("Platform ls is unknown"), foreign.getMessage());
  }
}
