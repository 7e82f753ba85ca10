package io.patchbay.emulators.qemu;

import io.patchbay.emulators.qemu.machine.BootFiles;
import io.patchbay.runtime.image.ImageKind;
import io.patchbay.runtime.image.ImageLibrary;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** UEFI for PCs, by the system's OVMF or by one among the images. */
final class Firmware {
  private static final Path SYSTEM = Path.of("/usr/share/OVMF");
  private static final String CODE = "OVMF_CODE_4M.fd";
  private static final String VARIABLES = "OVMF_VARS_4M.fd";

  /** Of nodes that were made when there was no larger one; they cannot go with the other's code. */
  private static final String SMALL_CODE = "OVMF_CODE.fd";

  private static final String SMALL_VARIABLES = "OVMF_VARS.fd";

  private Firmware() {}

  /**
   * Gives a node its own variables, if it has none, which keep what its guest sets.
   *
   * @param directory of the node; exists
   * @throws LabException (CONFLICT) if there is no OVMF
   */
  static BootFiles.Uefi prepare(ImageLibrary images, Path directory) {
    Path small = directory.resolve(SMALL_VARIABLES);
    if (Files.exists(small)) {
      return new BootFiles.Uefi(find(images, SMALL_CODE), small);
    }
    Path variables = directory.resolve(VARIABLES);
    if (!Files.exists(variables)) {
      try {
        Files.copy(find(images, VARIABLES), variables);
      } catch (IOException e) {
        throw LabException.conflict("The UEFI's variables cannot be copied: " + e.getMessage());
      }
    }
    return new BootFiles.Uefi(find(images, CODE), variables);
  }

  private static Path find(ImageLibrary images, String name) {
    Path system = SYSTEM.resolve(name);
    return Files.exists(system) ? system : images.find(ImageKind.QEMU, name);
  }
}
