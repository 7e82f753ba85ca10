package io.patchbay.emulators.qemu.machine;

import java.util.List;

/** The options for one disk. */
final class DiskArguments {
  private DiskArguments() {}

  static List<String> of(Drive drive, QemuVersion version) {
    int index = drive.index();
    String id = "drive" + index;
    String file = "file=" + QemuCommandLine.escape(drive.file());
    String format = drive.format().map(name -> ",format=" + name).orElse("");
    String unattached = file + ",if=none,id=" + id + ",index=" + index + ",media=disk" + format;
    return switch (drive.bus()) {
      // QEMU has no bus of this name: a controller of its own is added for the disk.
      case "sata" ->
          List.of(
              "-device",
              "ahci,id=ahci" + index,
              "-drive",
              unattached,
              "-device",
              (version.isAtLeast(4, 2) ? "ide-hd" : "ide-drive")
                  + ",drive="
                  + id
                  + ",bus=ahci"
                  + index
                  + ".0,id="
                  + id);
      case "nvme" ->
          List.of("-drive", unattached, "-device", "nvme,drive=" + id + ",serial=" + index);
      case "scsi" ->
          List.of(
              "-device", "virtio-scsi-pci,id=scsi" + index,
              "-drive", unattached,
              "-device", "scsi-hd,drive=" + id);
      default ->
          List.of(
              "-drive",
              file + ",if=" + drive.bus() + ",index=" + index + ",media=disk,id=" + id + format);
    };
  }
}
