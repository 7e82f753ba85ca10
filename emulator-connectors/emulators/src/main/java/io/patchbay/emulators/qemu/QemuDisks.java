package io.patchbay.emulators.qemu;

import io.patchbay.emulators.qemu.machine.Drive;
import io.patchbay.emulators.qemu.machine.QemuProgram;
import io.patchbay.emulators.qemu.machine.QemuSettings;
import io.patchbay.runtime.image.QemuImg;
import io.patchbay.runtime.process.Programs;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The disks of a node. A linked clone writes to overlays in the node's directory, and the images
 * below them are never changed; another node writes to the images themselves.
 *
 * @param directory of the node; exists
 */
record QemuDisks(QemuProgram program, Path directory, QemuSettings settings, QemuImages images) {
  QemuDisks(QemuProfile profile, Path directory) {
    this(profile.program(), directory, profile.settings(), profile.images());
  }

  /** By the reference's name, so that its nodes keep their state here. */
  static final String SAVED_STATE = "GNS3_SAVED_STATE";

  private static final List<String> NAMES = List.of("hda", "hdb", "hdc", "hdd");
  private static final int CONFIG_DISK = 3;

  /**
   * Makes every disk ready: overlays that are missing are made, and those whose image has moved are
   * told so.
   *
   * @param warn takes what the user should know of disks that can be used all the same
   * @throws LabException (CONFLICT) if an image cannot be used, with qemu-img's words
   */
  List<Drive> prepare(Consumer<String> warn) {
    List<Drive> drives = new ArrayList<>();
    for (int index = 0; index < NAMES.size(); index++) {
      boolean configured = index == CONFIG_DISK && settings.flag("create_config_disk");
      if (configured) {
        drives.add(configDisk(warn));
      } else if (image(index).isPresent()) {
        drives.add(drive(index, image(index).get()));
      }
    }
    return drives;
  }

  private Optional<Path> image(int index) {
    return images.file(QemuImages.DISKS.get(index));
  }

  private String bus(int index) {
    String bus = settings.text(NAMES.get(index) + "_disk_interface");
    return bus.isEmpty() ? "none" : bus;
  }

  private Drive drive(int index, Path image) {
    images.requireOwnBacking(image, qemuImg());
    if (!settings.linkedClone()) {
      return new Drive(index, image, bus(index), Optional.empty());
    }
    // Named, since a guest could make its disk look like an image that lies over a file of ours.
    return new Drive(index, overlay(index, image), bus(index), Optional.of("qcow2"));
  }

  private Path overlay(int index, Path image) {
    Path overlay = overlay(index);
    QemuImg qemuImg = qemuImg();
    if (!Files.exists(overlay)) {
      qemuImg.createOverlay(image, overlay);
    } else if (!qemuImg.info(overlay).backing().equals(Optional.of(image.toString()))) {
      qemuImg.rebase(overlay, image);
    }
    return overlay;
  }

  private Path overlay(int index) {
    return directory.resolve(NAMES.get(index) + "_disk.qcow2");
  }

  /** Takes the place of hdd, on its bus or on that of hda if it has none. */
  private Drive configDisk(Consumer<String> warn) {
    Path disk = directory.resolve(ConfigDisk.NAME);
    try {
      new ConfigFiles(directory)
          .load(image(CONFIG_DISK).filter(image -> image.toString().endsWith(".zip")));
    } catch (IOException | LabException e) {
      if (!Files.exists(disk)) {
        throw LabException.conflict("The configuration disk cannot be made: " + e.getMessage());
      }
      warn.accept("The configuration is not put on its disk: " + e.getMessage());
    }
    String bus = bus(CONFIG_DISK).equals("none") ? bus(0) : bus(CONFIG_DISK);
    return new Drive(CONFIG_DISK, disk, bus, Optional.of("raw"));
  }

  /** That of the same release as QEMU if there is one beside it. */
  private QemuImg qemuImg() {
    return Optional.of(program.path().resolveSibling("qemu-img"))
        .filter(Files::isExecutable)
        .or(() -> Programs.find("qemu-img"))
        .map(QemuImg::new)
        .orElseThrow(() -> LabException.conflict("The program 'qemu-img' is not installed"));
  }

  /**
   * Makes a disk larger.
   *
   * @param name hda to hdd
   * @throws LabException (CONFLICT) if there is no such disk or qemu-img refuses
   */
  void extend(String name, int mebibytes) {
    int index = NAMES.indexOf(name);
    Path image =
        image(index)
            .orElseThrow(() -> LabException.conflict("The node has no image for its disk " + name));
    qemuImg().extend(settings.linkedClone() ? overlay(index, image) : image, mebibytes);
  }

  /** Whether a disk holds the state of a machine that was saved. */
  boolean hasSavedState() {
    return writable().stream().anyMatch(this::hasSavedState);
  }

  private boolean hasSavedState(Path disk) {
    return qemuImg().info(disk).snapshots().contains(SAVED_STATE);
  }

  /** Removes the state that was saved, which would be of no use with what is on the disks later. */
  void deleteSavedState() {
    writable().stream()
        .filter(this::hasSavedState)
        .forEach(disk -> qemuImg().deleteSnapshot(disk, SAVED_STATE));
  }

  private List<Path> writable() {
    List<Path> disks = new ArrayList<>();
    for (int index = 0; index < NAMES.size(); index++) {
      int number = index;
      image(index)
          .map(image -> settings.linkedClone() ? overlay(number) : image)
          .filter(Files::exists)
          .ifPresent(disks::add);
    }
    return disks;
  }
}
