package io.patchbay.emulators.vmware;

import io.patchbay.emulators.SchemaResource;
import io.patchbay.emulators.vm.VmSettings;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.VmwareConfig;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.MachineSource;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Machines of VMware Workstation, Player and Fusion. */
public final class VmwareConnector implements EmulatorConnector, MachineSource {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  static final String MACHINE = "vmx_path";

  private static final VmSettings DEFAULTS =
      VmSettings.of(
          Json.createObjectBuilder()
              .add(MACHINE, "")
              .add("adapter_type", AdapterType.E1000.wireName())
              .build());

  private final ResourceAdapter adapter;
  private final boolean local;
  private final VmwareMachine.Host host;
  private final LinkedClones clones;
  private final Inventory inventory;
  private final Duration shutdownPatience;

  /** Settings files of machines that nodes have. */
  private final Set<Path> taken = ConcurrentHashMap.newKeySet();

  public VmwareConnector(ResourceAdapter adapter) {
    this(
        adapter,
        adapter.config().vmware(),
        PATIENCE,
        Path.of(System.getProperty("user.home", "/")),
        adapter.config().local());
  }

  /**
   * @param patience how long vmrun may take for anything
   * @param home directory of the user whose the machines are
   * @param local whether clients may name files anywhere on this machine
   */
  VmwareConnector(
      ResourceAdapter adapter, VmwareConfig config, Duration patience, Path home, boolean local) {
    this.local = local;
    this.adapter = adapter;
    Vmrun vmrun = new Vmrun(config, patience);
    host =
        new VmwareMachine.Host(
            vmrun,
            adapter,
            new Vmnets(config.firstVmnet(), config.lastVmnet()),
            !config.blockHostTraffic());
    clones = new LinkedClones(vmrun, local);
    inventory = new Inventory(home);
    shutdownPatience = config.shutdownPatience();
  }

  @Override
  public NodeKind kind() {
    return NodeKinds.VMWARE;
  }

  @Override
  public Optional<String> unavailable() {
    return host.vmrun().unavailable();
  }

  @Override
  public String createSchema() {
    return SchemaResource.read(VmwareConnector.class, "create.schema.json");
  }

  @Override
  public String updateSchema() {
    return SchemaResource.read(VmwareConnector.class, "update.schema.json");
  }

  @Override
  public List<JsonObject> machines() {
    return known().stream()
        .map(
            machine ->
                Json.createObjectBuilder()
                    .add("vmname", machine.name())
                    .add(MACHINE, machine.vmx().toString())
                    .build())
        .toList();
  }

  private List<Inventory.Machine> known() {
    requireTool();
    return inventory.machines(host.vmrun().hostType() != HostType.PLAYER);
  }

  private void requireTool() {
    unavailable()
        .ifPresent(
            why -> {
              throw LabException.conflict(why);
            });
  }

  @Override
  public EmulatedNode create(NodeSite site, JsonObject body) {
    requireTool();
    VmSettings settings = DEFAULTS.with(body);
    requireTypes(settings);
    Path machine = path(settings.text(MACHINE));
    Path vmx = settings.linkedClone() ? clones.open(site, machine) : usable(machine);
    if (!taken.add(vmx)) {
      throw LabException.conflict(
          "Without linked_clone a machine is for one node alone, and "
              + vmx
              + " is used by another one");
    }
    try {
      ConsolePort port = ConsolePort.of(adapter.consolePorts(), body);
      return new VmwareNode(
          this, adapter, site, settings.with(MACHINE, vmx.toString()), port, vmx, shutdownPatience);
    } catch (LabException refused) {
      taken.remove(vmx);
      if (settings.linkedClone() && !machine.equals(vmx)) {
        LinkedClones.discard(site);
      }
      throw refused;
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw LabException.invalid("'" + text + "' is no path");
    }
  }

  /** A settings file may name any file of this computer as a disk, so not every one may be used. */
  private Path usable(Path vmx) {
    boolean there = vmx.isAbsolute() && vmx.toString().endsWith(".vmx") && Files.isRegularFile(vmx);
    if (!there || !local && known().stream().noneMatch(machine -> machine.vmx().equals(vmx))) {
      throw LabException.conflict(vmx + " is none of the VMware VMs of this server");
    }
    return vmx;
  }

  /**
   * @throws LabException (INVALID) if an adapter has a type that there is none of
   */
  static void requireTypes(VmSettings settings) {
    AdapterType.of(settings.text("adapter_type"));
    IntStream.range(0, settings.adapters())
        .forEach(number -> AdapterType.of(settings.adapterType(number)));
  }

  VmwareMachine.Host host() {
    return host;
  }

  /**
   * @param unlisted whether VMware is not to show it any more
   */
  void forget(Path vmx, boolean unlisted) {
    taken.remove(vmx);
    if (unlisted) {
      inventory.forget(vmx);
    }
  }
}
