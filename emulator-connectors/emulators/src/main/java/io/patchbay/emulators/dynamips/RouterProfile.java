package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hardware.Chassis;
import io.patchbay.emulators.dynamips.hardware.Equipment;
import io.patchbay.emulators.dynamips.hardware.Platform;
import io.patchbay.emulators.dynamips.hardware.RouterSettings;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;

/**
 * What a router is.
 *
 * @param image of IOS, as a file
 * @param imageName as clients are told it
 */
record RouterProfile(Equipment equipment, RouterSettings settings, Path image, String imageName) {
  private static final String G2 = "npe-g2";

  Platform platform() {
    return equipment.chassis().platform();
  }

  Chassis chassis() {
    return equipment.chassis();
  }

  /** Adds the fields of the wire, but for those that say how it runs. */
  void describe(JsonObjectBuilder node) {
    node.add("platform", platform().wireName()).add("image", imageName);
    chassis().model().ifPresent(model -> node.add("chassis", model));
    settings.values().forEach(node::add);
    equipment.describe(node);
  }

  /**
   * @throws LabException (CONFLICT) if it is no longer the same hardware, which a router that runs
   *     cannot become
   */
  void requireSameBase(RouterProfile wanted) {
    if (settings.has("npe") && !settings.text("npe").equals(wanted.settings.text("npe"))) {
      throw LabException.conflict("Cannot change NPE on running router");
    }
  }

  /** Whether routers can share the memory that the image takes. */
  boolean sharesImage() {
    return settings.flag("mmap") && !(settings.has("npe") && settings.text("npe").equals(G2));
  }
}
