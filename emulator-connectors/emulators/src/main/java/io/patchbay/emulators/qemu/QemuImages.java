package io.patchbay.emulators.qemu;

import io.patchbay.emulators.qemu.machine.BootFiles;
import io.patchbay.emulators.qemu.machine.QemuSettings;
import io.patchbay.runtime.image.ImageKind;
import io.patchbay.runtime.image.ImageLibrary;
import io.patchbay.runtime.image.QemuImg;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images that a node's settings name, and where they are.
 *
 * @param files by the name of the setting, such as {@code hda_disk_image}
 */
record QemuImages(ImageLibrary library, List<Path> further, Map<String, Path> files) {
  static final List<String> DISKS =
      List.of("hda_disk_image", "hdb_disk_image", "hdc_disk_image", "hdd_disk_image");

  private static final int MOST_LAYERS = 100;
  private static final List<String> OTHERS =
      List.of("cdrom_image", "bios_image", "initrd", "kernel_image");

  /**
   * @param project may hold images too
   * @throws LabException (CONFLICT) if one is missing or lies where none may be
   */
  static QemuImages of(ImageLibrary library, Path project, QemuSettings settings) {
    List<Path> further = List.of(project);
    Map<String, Path> files = new LinkedHashMap<>();
    for (List<String> names : List.of(DISKS, OTHERS)) {
      for (String name : names) {
        String image = settings.text(name);
        if (!image.isEmpty()) {
          files.put(name, library.find(ImageKind.QEMU, image, further));
        }
      }
    }
    return new QemuImages(library, further, Map.copyOf(files));
  }

  /** Those of the hard disks. */
  List<Path> disks() {
    return DISKS.stream().flatMap(name -> file(name).stream()).toList();
  }

  Optional<Path> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /**
   * Looks at what an image lies over: whoever may upload one could else read any file of this
   * server by it.
   *
   * @throws LabException (CONFLICT) if that lies where no image may
   */
  void requireOwnBacking(Path image, QemuImg qemuImg) {
    Path upper = image;
    for (int depth = 0; !library.isLocal() && depth < MOST_LAYERS; depth++) {
      Optional<String> backing = qemuImg.info(upper).backing();
      if (backing.isEmpty()) {
        return;
      }
      upper =
          library.find(
              ImageKind.QEMU, upper.resolveSibling(backing.get()).normalize().toString(), further);
    }
  }

  /** Names each as other computes may have it too. */
  QemuSettings shorten(QemuSettings settings) {
    QemuSettings shortened = settings;
    for (Map.Entry<String, Path> each : files.entrySet()) {
      shortened =
          shortened.with(
              each.getKey(), library.shortName(ImageKind.QEMU, each.getValue(), further));
    }
    return shortened;
  }

  /**
   * @throws LabException (CONFLICT) if two take the same place
   */
  BootFiles bootFiles(Optional<BootFiles.Uefi> uefi) {
    if (file("bios_image").isPresent() && uefi.isPresent()) {
      throw LabException.conflict("A machine boots by its BIOS image or by UEFI, not by both");
    }
    if (file("cdrom_image").isPresent() && file("hdc_disk_image").isPresent()) {
      throw LabException.conflict("The CD-ROM takes the place of hdc, which has a disk");
    }
    return new BootFiles(
        file("bios_image"), uefi, file("cdrom_image"), file("kernel_image"), file("initrd"));
  }

  /** Adds the MD5 sum of each, null if it has none. */
  void describeSums(JsonObjectBuilder node) {
    for (List<String> names : List.of(DISKS, OTHERS)) {
      for (String name : names) {
        Optional<String> sum = file(name).flatMap(this::sum);
        sum.ifPresentOrElse(
            text -> node.add(name + "_md5sum", text), () -> node.addNull(name + "_md5sum"));
      }
    }
  }

  private Optional<String> sum(Path file) {
    try {
      return Optional.of(library.lastMd5sum(file));
    } catch (LabException gone) {
      // Somebody has removed the file since; the node says so when it starts.
      return Optional.empty();
    }
  }
}
