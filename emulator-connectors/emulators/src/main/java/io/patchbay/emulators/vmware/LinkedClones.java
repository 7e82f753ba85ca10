package io.patchbay.emulators.vmware;

import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Machines that are made out of others and share their disks, in the directories of their nodes.
 *
 * @param allowed whether there may be any: whoever can change the files of a project could have
 *     such a machine use any file of this computer as a disk
 */
record LinkedClones(Vmrun vmrun, boolean allowed) {
  private static final String BASE = "GNS3 Linked Base for clones";

  /**
   * Has the clone of a node: as it is there, or a new one.
   *
   * @param machine settings file of the clone if it is there, else of the machine that is to be
   *     cloned
   * @return settings file of the clone
   */
  Path open(NodeSite site, Path machine) {
    if (!allowed) {
      throw LabException.conflict("Linked clones of VMware's are for local servers only");
    }
    Path directory = site.directory(NodeKinds.VMWARE);
    Path known = directory.resolve(machine.getFileName());
    if (Files.exists(known)) {
      return known;
    }
    if (!Files.isRegularFile(machine)) {
      throw LabException.conflict("There is no VMware VM " + machine);
    }
    if (vmrun.hostType() == HostType.PLAYER) {
      throw LabException.conflict("VMware Player makes no linked clones");
    }
    Path clone = directory.resolve(site.name().replace('/', '-') + ".vmx");
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw LabException.conflict("The node's directory cannot be made: " + e.getMessage());
    }
    if (vmrun.run("listSnapshots", machine.toString()).stream().noneMatch(BASE::equals)) {
      vmrun.run("snapshot", machine.toString(), BASE);
    }
    vmrun.run(
        "clone",
        machine.toString(),
        clone.toString(),
        "linked",
        "-snapshot=" + BASE,
        "-cloneName=" + site.name());
    return clone;
  }

  /** Takes a new clone back. */
  static void discard(NodeSite site) {
    DirectoryTree.delete(site.directory(NodeKinds.VMWARE));
  }
}
