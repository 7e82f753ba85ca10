package io.patchbay.emulators.vmware;

import io.patchbay.emulators.vm.AdapterPorts;
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
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine of VMware's that is on, and the ways of its frames: a virtual network each. */
final class VmwareMachine implements RunningVm {
  private static final String PROCESS = "vmware-vmx";
  private static final String HARD = "hard";

  /**
   * What machines have in common.
   *
   * @param hostTraffic whether what the host itself sends to their networks is passed on
   */
  record Host(Vmrun vmrun, ResourceAdapter adapter, Vmnets vmnets, boolean hostTraffic) {}

  private final Host host;
  private final Path vmx;
  private final Map<Integer, String> networks;
  private final JsonObject before;
  private final Optional<EmulatorProcess> process;
  private final Map<Integer, LinkEnd> ends = new HashMap<>();
  private boolean paused;

  private VmwareMachine(
      Host host,
      Path vmx,
      Map<Integer, String> networks,
      JsonObject before,
      Optional<EmulatorProcess> process) {
    this.host = host;
    this.vmx = vmx;
    this.networks = networks;
    this.before = before;
    this.process = process;
  }

  /**
   * Switches a machine on.
   *
   * @param pipe where its first serial port is to listen; empty if it has no console
   * @throws LabException (CONFLICT) if it does not come up; it is off then
   */
  static VmwareMachine start(
      Host host, Path vmx, VmSettings settings, AdapterPorts ports, Optional<Path> pipe) {
    if (host.vmrun().isOn(vmx)) {
      throw LabException.conflict(vmx.getFileName() + " is on already, in VMware itself");
    }
    LabSettings lab = LabSettings.apply(vmx, settings, host.vmnets(), pipe);
    try {
      host.vmrun().run("start", vmx.toString(), settings.headless() ? "nogui" : "gui");
      VmwareMachine machine =
          new VmwareMachine(host, vmx, lab.networks(), lab.before(), find(host, vmx));
      machine.openEnds(ports);
      return machine;
    } catch (LabException failed) {
      new VmwareMachine(host, vmx, lab.networks(), lab.before(), Optional.empty()).giveUp();
      throw failed;
    }
  }

  private static Optional<EmulatorProcess> find(Host host, Path vmx) {
    return VmProcesses.find(
        host.adapter().processes(),
        words -> words.getFirst().endsWith(PROCESS) && words.contains(vmx.toString()));
  }

  /** What was begun and failed must not go on behind the node's back. */
  private void giveUp() {
    try {
      if (isOn()) {
        powerOff();
      }
    } catch (LabException alsoFailed) {
      // The first failure is the one that is told.
    }
    try {
      tidyUp();
    } catch (LabException alsoFailed) {
      // Likewise.
    }
  }

  private void openEnds(AdapterPorts ports) {
    try {
      for (int number : networks.keySet()) {
        if (ports.isUp(number)) {
          cable(number, true);
        }
      }
    } catch (LabException refused) {
      closeEnds();
      throw refused;
    }
  }

  /**
   * Takes over a machine that an earlier server had switched on.
   *
   * @param state what that one's {@link #state} said
   * @return empty if it is off
   * @throws LabException (CONFLICT) if it is on but its frames cannot be reached; it is switched
   *     off then
   */
  static Optional<RunningVm> adopt(Host host, AdapterPorts ports, JsonObject state) {
    Optional<EmulatorProcess> process =
        Optional.ofNullable(state.getJsonObject("process"))
            .map(ProcessIdentity::of)
            .flatMap(host.adapter().processes()::adopt);
    Map<Integer, String> networks = new LinkedHashMap<>();
    state
        .getJsonObject("networks")
        .forEach(
            (number, name) ->
                networks.put(Integer.parseInt(number), ((JsonString) name).getString()));
    host.vmnets().hold(networks.values());
    VmwareMachine machine =
        new VmwareMachine(
            host,
            Path.of(state.getString("vmx")),
            networks,
            state.getJsonObject("before"),
            process);
    machine.paused = state.getBoolean("paused");
    if (process.isEmpty() && (state.containsKey("process") || !machine.isOn())) {
      machine.tidyUp();
      return Optional.empty();
    }
    try {
      machine.openEnds(ports);
      return Optional.of(machine);
    } catch (LabException unreachable) {
      machine.giveUp();
      throw unreachable;
    }
  }

  @Override
  public Optional<EmulatorProcess> process() {
    return process;
  }

  @Override
  public boolean isOn() {
    return host.vmrun().isOn(vmx);
  }

  /** As it was told: vmrun does not say. */
  @Override
  public NodeStatus status() {
    return paused ? NodeStatus.SUSPENDED : NodeStatus.STARTED;
  }

  @Override
  public Optional<LinkEnd> end(int adapter) {
    return Optional.ofNullable(ends.get(adapter));
  }

  /** The guest always sees a cable; it ends at the network, which is looked at only if need be. */
  @Override
  public void cable(int adapter, boolean pluggedIn) {
    if (!networks.containsKey(adapter)) {
      throw LabException.conflict(
          "Adapter " + adapter + " can be used once the machine was started anew");
    }
    if (!pluggedIn) {
      Optional.ofNullable(ends.remove(adapter)).ifPresent(LinkEnd::close);
    } else if (!ends.containsKey(adapter)) {
      try {
        ends.put(
            adapter,
            host.adapter().netstack().openInterface(networks.get(adapter), host.hostTraffic()));
      } catch (IOException e) {
        throw LabException.conflict("VMware's network cannot be used: " + e.getMessage());
      }
    }
  }

  @Override
  public void pause() {
    requireWorkstation();
    host.vmrun().run("pause", vmx.toString());
    paused = true;
  }

  private void requireWorkstation() {
    if (host.vmrun().hostType() != HostType.WS) {
      throw LabException.conflict("Only VMware Workstation lets machines stand still");
    }
  }

  @Override
  public void resume() {
    requireWorkstation();
    host.vmrun().run("unpause", vmx.toString());
    paused = false;
  }

  @Override
  public void reset() {
    host.vmrun().run("reset", vmx.toString(), HARD);
  }

  @Override
  public void pressPowerButton() {
    if (paused) {
      // A guest that stands still does not notice.
      resume();
    }
    host.vmrun().run("stop", vmx.toString(), "soft");
  }

  @Override
  public void saveState() {
    if (paused) {
      resume();
    }
    host.vmrun().run("suspend", vmx.toString(), HARD);
  }

  @Override
  public void powerOff() {
    host.vmrun().run("stop", vmx.toString(), HARD);
  }

  @Override
  public void tidyUp() {
    closeEnds();
    host.vmnets().release(networks.values());
    LabSettings.undo(vmx, before);
  }

  private void closeEnds() {
    List.copyOf(ends.values()).forEach(LinkEnd::close);
    ends.clear();
  }

  @Override
  public void release() {
    closeEnds();
    host.vmnets().release(networks.values());
  }

  @Override
  public JsonObject state() {
    JsonObjectBuilder names = Json.createObjectBuilder();
    networks.forEach((number, name) -> names.add(Integer.toString(number), name));
    JsonObjectBuilder state =
        Json.createObjectBuilder()
            .add("vmx", vmx.toString())
            .add("networks", names)
            .add("before", before)
            .add("paused", paused);
    process
        .flatMap(EmulatorProcess::identity)
        .ifPresent(identity -> state.add("process", identity.toJson()));
    return state.build();
  }
}
