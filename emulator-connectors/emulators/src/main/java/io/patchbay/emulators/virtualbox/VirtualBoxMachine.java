package io.patchbay.emulators.virtualbox;

import io.patchbay.emulators.vm.NicTunnels;
import io.patchbay.emulators.vm.RunningVm;
import io.patchbay.emulators.vm.VmProcesses;
import io.patchbay.emulators.vm.VmSettings;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.runtime.process.ProcessIdentity;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeStatus;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A machine of VirtualBox's that is on, and the ways of its frames. */
final class VirtualBoxMachine implements RunningVm {
  private static final Set<String> ON = Set.of("starting", "running", "paused", "stuck");

  /** Tells a later start that the state was saved for it. */
  static final String SAVED_BY_US = "SavedByGNS3";

  private final VBoxManage tool;
  private final String id;
  private final VmSettings settings;
  private final NicTunnels tunnels;
  private final Set<Integer> elsewhere;
  private final Optional<EmulatorProcess> process;

  private VirtualBoxMachine(
      VBoxManage tool,
      String id,
      VmSettings settings,
      NicTunnels tunnels,
      Set<Integer> elsewhere,
      Optional<EmulatorProcess> process) {
    this.tool = tool;
    this.id = id;
    this.settings = settings;
    this.tunnels = tunnels;
    this.elsewhere = elsewhere;
    this.process = process;
  }

  /**
   * Switches a machine on, or has it go on from where its state was saved.
   *
   * @param options those of {@code modifyvm} that it needs, for the tunnels that it is given
   * @throws LabException (CONFLICT) if it does not come up; it is off then
   */
  static VirtualBoxMachine start(
      VBoxManage tool,
      ResourceAdapter adapter,
      VmInfo info,
      VmSettings settings,
      Function<NicTunnels, List<String>> options) {
    String id = info.id();
    boolean saved = info.isSaved();
    requireStartable(tool, info);
    NicTunnels tunnels = tunnels(() -> NicTunnels.open(adapter, settings.adapters()));
    try {
      if (!saved) {
        tool.modify(id, options.apply(tunnels));
      }
      tool.run("startvm", settings.headless() ? List.of(id, "--type", "headless") : List.of(id));
      VirtualBoxMachine machine =
          new VirtualBoxMachine(
              tool, id, settings, tunnels, elsewhere(settings, info), find(adapter, id));
      if (saved) {
        tool.run("guestproperty", "delete", id, SAVED_BY_US);
        machine.reconnect();
      }
      return machine;
    } catch (LabException failed) {
      tunnels.close();
      switchOff(tool, id);
      throw failed;
    }
  }

  private static void requireStartable(VBoxManage tool, VmInfo info) {
    if (info.isSaved()) {
      tool.guestProperty(info.id(), SAVED_BY_US)
          .orElseThrow(
              () ->
                  LabException.conflict(
                      "The state of VirtualBox VM '"
                          + info.name()
                          + "' was saved by somebody else, who may need it"));
    } else if (!info.isOff()) {
      throw LabException.conflict(
          "VirtualBox VM '" + info.name() + "' is not off: it is " + info.state());
    }
  }

  /** What was begun and failed must not go on behind the node's back. */
  private static void switchOff(VBoxManage tool, String id) {
    try {
      if (ON.contains(tool.info(id).state())) {
        tool.run("controlvm", id, "poweroff");
      }
    } catch (LabException alsoFailed) {
      // The first failure is the one that is told.
    }
  }

  private interface Opening {
    NicTunnels open() throws IOException;
  }

  private static NicTunnels tunnels(Opening opening) {
    try {
      return opening.open();
    } catch (IOException e) {
      throw LabException.conflict("There are no UDP ports for the machine: " + e.getMessage());
    }
  }

  private static Set<Integer> elsewhere(VmSettings settings, VmInfo info) {
    return settings.usesAnyAdapter()
        ? Set.of()
        : IntStream.range(0, settings.adapters())
            .filter(info::leadsElsewhere)
            .boxed()
            .collect(Collectors.toSet());
  }

  private static Optional<EmulatorProcess> find(ResourceAdapter adapter, String id) {
    return VmProcesses.find(
        adapter.processes(),
        words -> {
          int option = words.indexOf("--startvm");
          return option >= 0 && option + 1 < words.size() && words.get(option + 1).equals(id);
        });
  }

  /** The saved state has the UDP ports of then: each adapter is taken off them and put on these. */
  private void reconnect() {
    for (int number = 0; number < tunnels.count(); number++) {
      if (elsewhere.contains(number)) {
        continue;
      }
      String option = Integer.toString(number + 1);
      tool.run("controlvm", id, "nic" + option, "null");
      tool.run("controlvm", id, "nic" + option, "generic", "UDPTunnel");
      for (String property : MachineOptions.properties(tunnels.pairs().get(number))) {
        tool.run("controlvm", id, "nicproperty" + option, property);
      }
    }
  }

  /**
   * Takes over a machine that an earlier server had switched on.
   *
   * @param state what that one's {@link #state} said
   * @return empty if it is off
   * @throws LabException (CONFLICT) if it is on but cannot be reached; it is switched off then
   */
  static Optional<RunningVm> adopt(
      VBoxManage tool, ResourceAdapter adapter, VmSettings settings, JsonObject state) {
    Optional<EmulatorProcess> process =
        Optional.ofNullable(state.getJsonObject("process"))
            .map(ProcessIdentity::of)
            .flatMap(adapter.processes()::adopt);
    String id = state.getString("id");
    if (process.isEmpty() && (state.containsKey("process") || !isOn(tool, id))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new VirtualBoxMachine(
              tool,
              id,
              settings,
              tunnels(() -> NicTunnels.reopen(adapter, state.getJsonObject("ports"))),
              state.getJsonArray("elsewhere").getValuesAs(JsonNumber::intValue).stream()
                  .collect(Collectors.toSet()),
              process));
    } catch (LabException unreachable) {
      switchOff(tool, id);
      throw unreachable;
    }
  }

  private static boolean isOn(VBoxManage tool, String id) {
    return ON.contains(tool.info(id).state());
  }

  @Override
  public Optional<EmulatorProcess> process() {
    return process;
  }

  @Override
  public boolean isOn() {
    return isOn(tool, id);
  }

  @Override
  public NodeStatus status() {
    return tool.info(id).state().equals("paused") ? NodeStatus.SUSPENDED : NodeStatus.STARTED;
  }

  @Override
  public Optional<LinkEnd> end(int adapter) {
    return adapter < tunnels.count() && !elsewhere.contains(adapter)
        ? Optional.of(tunnels.end(adapter))
        : Optional.empty();
  }

  @Override
  public void cable(int adapter, boolean pluggedIn) {
    if (end(adapter).isEmpty()) {
      throw LabException.conflict(
          "Adapter " + adapter + " can be used once the machine was started anew");
    }
    tool.run("controlvm", id, "setlinkstate" + (adapter + 1), pluggedIn ? "on" : "off");
  }

  @Override
  public void pause() {
    tool.run("controlvm", id, "pause");
  }

  @Override
  public void resume() {
    tool.run("controlvm", id, "resume");
  }

  @Override
  public void reset() {
    tool.run("controlvm", id, "reset");
  }

  @Override
  public void pressPowerButton() {
    if (status() == NodeStatus.SUSPENDED) {
      // A guest that stands still does not notice the button.
      resume();
    }
    tool.run("controlvm", id, "acpipowerbutton");
  }

  @Override
  public void saveState() {
    tool.run("guestproperty", "set", id, SAVED_BY_US, "yes");
    tool.run("controlvm", id, "savestate");
  }

  @Override
  public void powerOff() {
    tool.run("controlvm", id, "poweroff");
  }

  @Override
  public void tidyUp() {
    tunnels.close();
    // A state that is saved has its adapters as they were.
    tool.modifyOnceUnlocked(
        id, info -> info.isSaved() ? List.of() : MachineOptions.afterStop(settings, info));
  }

  @Override
  public void release() {
    tunnels.close();
  }

  @Override
  public JsonObject state() {
    JsonObjectBuilder state =
        Json.createObjectBuilder()
            .add("id", id)
            .add("ports", tunnels.toJson())
            .add("elsewhere", Json.createArrayBuilder(elsewhere));
    process
        .flatMap(EmulatorProcess::identity)
        .ifPresent(identity -> state.add("process", identity.toJson()));
    return state.build();
  }
}
