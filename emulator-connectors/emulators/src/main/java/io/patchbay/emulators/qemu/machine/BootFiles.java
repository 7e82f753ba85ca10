package io.patchbay.emulators.qemu.machine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a machine boots from besides its disks.
 *
 * @param firmware code and variables of UEFI
 */
public record BootFiles(
    Optional<Path> bios,
    Optional<Uefi> firmware,
    Optional<Path> cdrom,
    Optional<Path> kernel,
    Optional<Path> initrd) {
  public static final BootFiles NONE =
      new BootFiles(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * @param code never written to
   * @param variables the machine's own
   */
  public record Uefi(Path code, Path variables) {}
}
