package io.patchbay.emulators.virtualbox;

import io.patchbay.emulators.virtualbox.VmInfo.Attachment;
import io.patchbay.spi.DurableFile;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Machines that are made out of others and share their disks: kept in the directories of their
 * nodes, and registered with VirtualBox as long as the node is there. The layout is that of other
 * computes.
 *
 * @param trusting whether settings are used that anybody may have put there
 */
record LinkedClones(VBoxManage tool, CloneSeals seals, boolean trusting) {
  private static final System.Logger LOG = System.getLogger(LinkedClones.class.getName());

  private static final String BASE = "GNS3 Linked Base for clones";

  /** Marks machines that are not offered for new nodes. */
  static final String CLONE_MARK = "GNS3/Clone";

  private static final String DISKS = "hdd_info.json";
  private static final String HARD_DISK = "hdd";
  private static final String CONTROLLER = "controller";
  private static final String PORT = "port";
  private static final String DEVICE = "device";

  private static Path directory(NodeSite site) {
    return site.directory(NodeKinds.VIRTUALBOX);
  }

  private static Path home(NodeSite site, String name) {
    return directory(site).resolve(name);
  }

  private static Path settings(NodeSite site, String name) {
    return home(site, name).resolve(name + ".vbox");
  }

  /**
   * Has the clone of a node: as it is there, or a new one.
   *
   * @param machine the name of the clone if it is there, else of the machine that is to be cloned
   * @return what VirtualBox tells of it
   */
  VmInfo open(NodeSite site, String machine) {
    if (machine.contains("/") || machine.contains("\\") || machine.startsWith(".")) {
      throw LabException.invalid("'" + machine + "' cannot be the name of a linked clone");
    }
    return Files.exists(settings(site, machine)) ? reopen(site, machine) : create(site, machine);
  }

  private VmInfo reopen(NodeSite site, String name) {
    Path settings = settings(site, name);
    boolean registered = tool.list().stream().anyMatch(machine -> machine.name().equals(name));
    if (registered && tool.info(name).settingsFile().filter(settings::equals).isPresent()) {
      // An earlier server was killed.
      return tool.info(name);
    }
    if (!trusting) {
      seals.require(site.nodeId(), settings);
    }
    tool.run("registervm", settings.toString());
    VmInfo info = tool.info(name);
    attachDisks(site, name, info.id());
    return info;
  }

  private VmInfo create(NodeSite site, String machine) {
    VmInfo base = tool.info(machine);
    String name = site.name();
    if (!base.hasSnapshot(BASE)) {
      tool.run("snapshot", base.id(), "take", BASE);
    }
    forgetLostDisks();
    try {
      Files.createDirectories(directory(site));
    } catch (IOException e) {
      throw LabException.conflict("The node's directory cannot be made: " + e.getMessage());
    }
    String id = site.nodeId().toString();
    tool.run(
        "clonevm",
        List.of(
            base.id(),
            "--snapshot",
            BASE,
            "--options",
            "link",
            "--name",
            name,
            "--basefolder",
            directory(site).toString(),
            "--uuid",
            id,
            "--register"));
    tool.run("setextradata", id, CLONE_MARK, "yes");
    return tool.info(id);
  }

  /** Takes a new clone back. */
  void discard(VmInfo clone) {
    try {
      tool.run("unregistervm", clone.id(), "--delete");
    } catch (LabException e) {
      LOG.log(System.Logger.Level.WARNING, "the clone " + clone.name() + " stays", e);
    }
  }

  /** Has VirtualBox forget a clone; its files stay, and are what {@link #open} finds. */
  void close(NodeSite site, String id) {
    VmInfo info = tool.info(id);
    Path disks = home(site, info.name()).resolve("Snapshots");
    List<Attachment> own =
        info.attachments().filter(disk -> disks.equals(disk.medium().getParent())).toList();
    try {
      writeDisks(home(site, info.name()).resolve(DISKS), own);
    } catch (IOException e) {
      throw LabException.conflict("The clone's disks are not noted: " + e.getMessage());
    }
    // VirtualBox would detach them anyway and not know them again.
    own.forEach(disk -> attach(id, disk, "none"));
    tool.run("unregistervm", id);
    try {
      seals.seal(site.nodeId(), settings(site, info.name()));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the clone " + info.name() + " is not noted", e);
    }
    forgetLostDisks();
  }

  private void attach(String id, Attachment disk, String medium) {
    tool.run(
        "storageattach",
        id,
        "--storagectl",
        disk.controller(),
        "--port",
        Integer.toString(disk.port()),
        "--device",
        Integer.toString(disk.device()),
        "--type",
        "hdd",
        "--medium",
        medium);
  }

  private static void writeDisks(Path file, List<Attachment> disks) throws IOException {
    JsonArrayBuilder list = Json.createArrayBuilder();
    for (Attachment disk : disks) {
      list.add(
          Json.createObjectBuilder()
              .add(HARD_DISK, disk.medium().getFileName().toString())
              .add(CONTROLLER, disk.controller())
              .add(PORT, Integer.toString(disk.port()))
              .add(DEVICE, Integer.toString(disk.device())));
    }
    DurableFile.write(file, list.build().toString().getBytes(StandardCharsets.UTF_8));
  }

  private void attachDisks(NodeSite site, String name, String id) {
    Path home = home(site, name);
    for (JsonObject disk : readDisks(home.resolve(DISKS)).getValuesAs(JsonObject.class)) {
      try {
        // Nothing but a name, whoever wrote it.
        Path medium =
            home.resolve("Snapshots").resolve(Path.of(disk.getString(HARD_DISK)).getFileName());
        if (Files.exists(medium) && (trusting || CloneSeals.isOwnDisk(medium))) {
          attach(
              id,
              new Attachment(
                  disk.getString(CONTROLLER),
                  Integer.parseInt(disk.getString(PORT)),
                  Integer.parseInt(disk.getString(DEVICE)),
                  medium),
              medium.toString());
        }
      } catch (RuntimeException refused) {
        LOG.log(System.Logger.Level.WARNING, "a disk of " + name + " is not attached", refused);
      }
    }
  }

  private static JsonArray readDisks(Path file) {
    if (Files.exists(file)) {
      try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
        return reader.readArray();
      } catch (IOException | JsonException damaged) {
        LOG.log(System.Logger.Level.WARNING, file + " cannot be read", damaged);
      }
    }
    return Json.createArrayBuilder().build();
  }

  /** Disks of nodes that were deleted; VirtualBox keeps a list of all that it has seen. */
  private void forgetLostDisks() {
    String ours = Path.of("project-files", NodeKinds.VIRTUALBOX.wireName()).toString();
    try {
      tool.disks()
          .forEach(
              (file, state) -> {
                if (state.equals("inaccessible") && file.contains(ours)) {
                  tool.run("closemedium", "disk", file);
                }
              });
    } catch (LabException e) {
      LOG.log(System.Logger.Level.WARNING, "lost disks stay on VirtualBox's list", e);
    }
  }
}
