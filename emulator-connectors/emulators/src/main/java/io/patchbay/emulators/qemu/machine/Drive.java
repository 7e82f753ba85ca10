package io.patchbay.emulators.qemu.machine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A disk of a machine as it is given to QEMU.
 *
 * @param index 0 to 3, for hda to hdd
 * @param file the overlay, or the image itself
 * @param bus what it is attached to, such as {@code ide} or {@code virtio}; {@code none} leaves it
 *     to the user's own options
 * @param format of the file; empty if QEMU is to find out
 */
public record Drive(int index, Path file, String bus, Optional<String> format) {
  /** Whether the disk takes one of the machine's PCI slots. */
  boolean isOnPci() {
    return !bus.equals("none") && !bus.equals("ide");
  }
}
