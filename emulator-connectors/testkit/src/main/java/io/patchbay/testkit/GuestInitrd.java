package io.patchbay.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/** Writes the file system in memory that a {@link TestGuest} boots into. */
final class GuestInitrd {
  /** Loaded at boot, as far as the kernel has them. */
  private static final List<String> MODULES =
      List.of(
          "virtio_pci",
          "virtio_net",
          "virtio_blk",
          "e1000",
          "e1000e",
          "igb",
          "vmxnet3",
          "8139cp",
          "pcnet32",
          "ne2k-pci",
          "tulip",
          "e100",
          "af_packet",
          "ata_piix",
          "sd_mod",
          "sr_mod",
          "isofs",
          "vfat",
          "nls_cp437",
          "nls_ascii",
          "evdev",
          "button");

  private static final List<String> DIRECTORIES =
      List.of(
          "bin",
          "proc",
          "sys",
          "dev",
          "tmp",
          "mnt",
          "root",
          "etc",
          "etc/acpi",
          "etc/acpi/PWRF",
          "lib",
          "lib/modules");

  private static final int EXECUTABLE = 0755;
  private static final int PLAIN = 0644;

  private GuestInitrd() {}

  /**
   * @param target is made, in a directory that is there
   * @param release of the kernel, such as {@code 6.1.0-49-cloud-amd64}
   */
  static void write(Path target, Path busybox, Path modules, String release) throws IOException {
    GuestModules found = new GuestModules(modules, MODULES);
    try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(target));
        CpioArchiveOutputStream archive = new CpioArchiveOutputStream(file)) {
      for (String directory : DIRECTORIES) {
        directory(archive, directory);
      }
      device(archive, "dev/console", 5, 1);
      try (InputStream init = GuestInitrd.class.getResourceAsStream("guest-init.sh")) {
        file(archive, "init", EXECUTABLE, init.readAllBytes());
      }
      file(archive, "bin/busybox", EXECUTABLE, Files.readAllBytes(busybox));
      // What BusyBox's acpid runs when the power button is pressed.
      file(archive, "etc/acpi/PWRF/00000080", EXECUTABLE, text("#!/bin/sh\npoweroff\n"));
      file(archive, "etc/passwd", PLAIN, text("root:x:0:0:root:/root:/bin/sh\n"));
      file(archive, "etc/modules", PLAIN, text(String.join("\n", found.contents().keySet())));
      String place = "lib/modules/" + release;
      directory(archive, place);
      file(archive, place + "/modules.dep", PLAIN, text(found.dependencyFile()));
      for (Map.Entry<String, byte[]> module : found.contents().entrySet()) {
        file(archive, place + "/" + module.getKey() + ".ko", PLAIN, module.getValue());
      }
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void directory(CpioArchiveOutputStream archive, String name) throws IOException {
    CpioArchiveEntry entry = new CpioArchiveEntry(name);
    entry.setMode(CpioConstants.C_ISDIR | EXECUTABLE);
    archive.putArchiveEntry(entry);
    archive.closeArchiveEntry();
  }

  private static void device(CpioArchiveOutputStream archive, String name, int major, int minor)
      throws IOException {
    CpioArchiveEntry entry = new CpioArchiveEntry(name);
    entry.setMode(CpioConstants.C_ISCHR | EXECUTABLE);
    entry.setRemoteDeviceMaj(major);
    entry.setRemoteDeviceMin(minor);
    archive.putArchiveEntry(entry);
    archive.closeArchiveEntry();
  }

  private static void file(CpioArchiveOutputStream archive, String name, int mode, byte[] content)
      throws IOException {
    CpioArchiveEntry entry = new CpioArchiveEntry(name, content.length);
    entry.setMode(CpioConstants.C_ISREG | mode);
    archive.putArchiveEntry(entry);
    archive.write(content);
    archive.closeArchiveEntry();
  }
}
