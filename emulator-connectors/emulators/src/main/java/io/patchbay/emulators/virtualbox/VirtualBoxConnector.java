package io.patchbay.emulators.virtualbox;

import io.patchbay.emulators.SchemaResource;
import io.patchbay.emulators.vm.VmSettings;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.VirtualBoxConfig;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.MachineSource;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Machines of VirtualBox's. */
public final class VirtualBoxConnector implements EmulatorConnector, MachineSource {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int USUAL_ADAPTERS = 8;
  static final String MACHINE = "vmname";
  static final String RAM = "ram";

  private static final VmSettings DEFAULTS =
      VmSettings.of(
          Json.createObjectBuilder()
              .add(MACHINE, "")
              .add(RAM, 0)
              .add("adapter_type", AdapterType.PRO_1000_MT_DESKTOP.wireName())
              .build());

  private final ResourceAdapter adapter;
  private final VBoxManage tool;
  private final LinkedClones clones;
  private final Duration shutdownPatience;

  /** UUIDs of machines that nodes have. */
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  public VirtualBoxConnector(ResourceAdapter adapter) {
    this(adapter, adapter.config().virtualBox(), PATIENCE);
  }

  /**
   * @param patience how long VBoxManage may take for anything
   */
  VirtualBoxConnector(ResourceAdapter adapter, VirtualBoxConfig config, Duration patience) {
    this.adapter = adapter;
    tool = new VBoxManage(config.vboxManage(), patience);
    Path seals = adapter.config().runDirectory().toAbsolutePath().resolveSibling("virtualbox");
    clones = new LinkedClones(tool, new CloneSeals(seals), adapter.config().local());
    shutdownPatience = config.shutdownPatience();
  }

  @Override
  public NodeKind kind() {
    return NodeKinds.VIRTUALBOX;
  }

  @Override
  public Optional<String> unavailable() {
    return tool.unavailable();
  }

  @Override
  public String createSchema() {
    return SchemaResource.read(VirtualBoxConnector.class, "create.schema.json");
  }

  @Override
  public String updateSchema() {
    return SchemaResource.read(VirtualBoxConnector.class, "update.schema.json");
  }

  /** Without the clones of nodes. */
  @Override
  public List<JsonObject> machines() {
    return tool.list().stream()
        .filter(
            machine ->
                tool.extraDatum(machine.id(), LinkedClones.CLONE_MARK)
                    .filter("yes"::equals)
                    .isEmpty())
        .map(
            machine ->
                Json.createObjectBuilder()
                    .add(MACHINE, machine.name())
                    .add(RAM, tool.info(machine.id()).memory())
                    .build())
        .toList();
  }

  @Override
  public EmulatedNode create(NodeSite site, JsonObject body) {
    VmSettings settings = DEFAULTS.with(body);
    requireTypes(settings);
    String machine = settings.text(MACHINE);
    VmInfo info = settings.linkedClone() ? clones.open(site, machine) : tool.info(machine);
    if (!taken.add(info.id())) {
      throw LabException.conflict(
          "Without linked_clone a machine is for one node alone, and '"
              + machine
              + "' is used by another one");
    }
    try {
      return create(site, body, settings.with(MACHINE, info.name()), info);
    } catch (LabException refused) {
      taken.remove(info.id());
      if (settings.linkedClone() && !machine.equals(info.name())) {
        clones.discard(info);
      }
      throw refused;
    }
  }

  private EmulatedNode create(NodeSite site, JsonObject body, VmSettings settings, VmInfo info) {
    requireAdapters(settings, info);
    int ram = settings.number(RAM) == 0 ? info.memory() : settings.number(RAM);
    if (ram != info.memory()) {
      tool.modify(info.id(), List.of("--memory", Integer.toString(ram)));
    }
    ConsolePort port = ConsolePort.of(adapter.consolePorts(), body);
    return new VirtualBoxNode(
        this, adapter, site, settings.with(RAM, ram), port, info.id(), shutdownPatience);
  }

  /**
   * @throws LabException (INVALID) if an adapter has a type that there is none of
   */
  void requireTypes(VmSettings settings) {
    AdapterType.of(settings.text("adapter_type"));
    IntStream.range(0, settings.adapters())
        .forEach(number -> AdapterType.of(settings.adapterType(number)));
  }

  /**
   * @throws LabException (CONFLICT) if the machine cannot have as many adapters
   */
  void requireAdapters(VmSettings settings, VmInfo info) {
    if (settings.adapters() <= USUAL_ADAPTERS) {
      return;
    }
    int most = mostAdapters(info);
    if (settings.adapters() > most) {
      throw LabException.conflict(
          "The chipset "
              + info.chipset()
              + " of '"
              + info.name()
              + "' has up to "
              + most
              + " network adapters; another one can be chosen in VirtualBox");
    }
  }

  /** How many adapters the chipset of a machine has. */
  private int mostAdapters(VmInfo info) {
    String told =
        tool.systemProperties()
            .getOrDefault(
                "Maximum " + info.chipset().toUpperCase(Locale.ROOT) + " Network Adapter count",
                "");
    return told.matches("\\d{1,4}") ? Integer.parseInt(told) : USUAL_ADAPTERS;
  }

  VBoxManage tool() {
    return tool;
  }

  LinkedClones clones() {
    return clones;
  }

  void forget(String id) {
    taken.remove(id);
  }
}
