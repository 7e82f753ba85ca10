package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hypervisor.Hypervisor;
import io.patchbay.emulators.dynamips.hypervisor.Instance;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.runtime.process.ProcessIdentity;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Has routers come up, and gives back all that they took if one does not. */
final class RouterLauncher {
  /** Long, since many that start at once share the processors; an exit is noticed at once. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

  private final ResourceAdapter adapter;
  private final Duration answerPatience;

  /**
   * @param answerPatience how long a hypervisor may take to answer
   */
  RouterLauncher(ResourceAdapter adapter, Duration answerPatience) {
    this.adapter = adapter;
    this.answerPatience = answerPatience;
  }

  /**
   * What a router is launched with.
   *
   * @param ghosts makes and keeps the memory contents that routers share; empty to share none
   * @param ports those that have a link
   */
  record Plan(
      DynamipsProgram program,
      RouterProfile profile,
      String name,
      RouterFiles files,
      Optional<GhostImages> ghosts,
      List<PortAddress> ports) {}

  /**
   * Launches a hypervisor and starts the router in it.
   *
   * @throws LabException (CONFLICT) with what Dynamips said if that fails; nothing is left then
   */
  RouterConnection launch(Plan plan) {
    plan.files().make();
    ControlPorts control = ControlPorts.lease(adapter.consolePorts());
    Optional<EmulatorProcess> process = Optional.empty();
    Optional<RouterConnection> connection = Optional.empty();
    try {
      process = Optional.of(launch(plan, control));
      Hypervisor hypervisor = connect(control, process.get());
      connection = Optional.of(create(plan, control, process.get(), hypervisor));
      connection.get().start(plan);
      return connection.get();
    } catch (IOException | LabException failed) {
      connection.ifPresentOrElse(RouterConnection::close, control::release);
      process.ifPresent(running -> running.stop(STOP_PATIENCE));
      String said = plan.files().lastOutput();
      throw LabException.conflict(
          "The router did not start: "
              + failed.getMessage()
              + (said.isEmpty() ? "" : "; Dynamips: " + said));
    }
  }

  private EmulatorProcess launch(Plan plan, ControlPorts control) throws IOException {
    return adapter
        .processes()
        .launch(
            plan.program().command(control.hypervisor(), plan.files().log()),
            tables(adapter),
            plan.files().output());
  }

  /** Where Dynamips keeps what is the same for all routers and takes a second to make. */
  static Path tables(ResourceAdapter adapter) throws IOException {
    Path run = adapter.config().runDirectory().toAbsolutePath();
    return Files.createDirectories(run.resolveSibling(run.getFileName() + "-dynamips"));
  }

  private Hypervisor connect(ControlPorts control, EmulatorProcess process) throws IOException {
    InetSocketAddress address = ControlPorts.here(control.hypervisor());
    return Hypervisor.connect(address, START_PATIENCE, process::isAlive, answerPatience);
  }

  private RouterConnection create(
      Plan plan, ControlPorts control, EmulatorProcess process, Hypervisor hypervisor) {
    try {
      hypervisor.workingDirectory(plan.files().directory().toString());
      Instance instance =
          Instance.create(
              hypervisor, plan.profile().platform().wireName(), plan.name(), plan.files().id());
      return new RouterConnection(
          control, new RouterTunnels(adapter), process, hypervisor, instance);
    } catch (LabException refused) {
      hypervisor.close();
      throw refused;
    }
  }

  /**
   * Takes over a hypervisor that an earlier server launched.
   *
   * @param state what that server's {@link #state} said
   * @return empty if it runs no longer, or its router does not
   * @throws LabException (CONFLICT) if it runs but cannot be reached; it is ended then
   */
  Optional<RouterConnection> adopt(GhostImages ghosts, RouterProfile profile, JsonObject state) {
    Optional<EmulatorProcess> found =
        adapter.processes().adopt(ProcessIdentity.of(state.getJsonObject("process")));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    EmulatorProcess process = found.get();
    JsonObject ports = state.getJsonObject("ports");
    ControlPorts control = ControlPorts.hold(adapter.consolePorts(), ports);
    Optional<RouterTunnels> tunnels = Optional.empty();
    try {
      tunnels = Optional.of(RouterTunnels.reopen(adapter, ports));
      Hypervisor hypervisor = connect(control, process);
      RouterConnection connection =
          new RouterConnection(
              control,
              tunnels.get(),
              process,
              hypervisor,
              Instance.existing(
                  hypervisor, profile.platform().wireName(), state.getString("name")));
      if (state.containsKey("ghost")) {
        Path file = Path.of(state.getString("ghost"));
        ghosts.hold(file);
        connection.keep(ghosts, file);
      }
      try {
        return connection.takeUp();
      } catch (LabException unreachable) {
        connection.close();
        throw unreachable;
      }
    } catch (IOException | LabException unreachable) {
      tunnels.ifPresent(RouterTunnels::close);
      process.stop(STOP_PATIENCE);
      control.release();
      throw LabException.conflict(
          "Dynamips runs but cannot be reached: " + unreachable.getMessage());
    }
  }
}
