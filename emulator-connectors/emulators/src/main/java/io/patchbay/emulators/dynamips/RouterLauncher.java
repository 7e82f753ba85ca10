package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hypervisor.DynamipsProgram;
import io.patchbay.emulators.dynamips.hypervisor.HypervisorProcess;
import io.patchbay.emulators.dynamips.hypervisor.Hypervisors;
import io.patchbay.emulators.dynamips.hypervisor.Hypervisors.Seat;
import io.patchbay.emulators.dynamips.hypervisor.Instance;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Has routers come up, and gives back all that they took if one does not. */
final class RouterLauncher {
  private final ResourceAdapter adapter;
  private final Hypervisors hypervisors;

  /**
   * @param answerPatience how long a hypervisor may take to answer
   */
  RouterLauncher(ResourceAdapter adapter, Duration answerPatience) {
    this.adapter = adapter;
    hypervisors = new Hypervisors(adapter, answerPatience);
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
   * Starts a router in a hypervisor.
   *
   * @throws LabException (CONFLICT) with what Dynamips said if that fails; nothing is left then
   */
  RouterConnection launch(Plan plan) {
    plan.files().make();
    LinePorts lines = LinePorts.lease(adapter.consolePorts());
    Seat seat;
    try {
      seat = hypervisors.take(plan.program(), place(plan), plan.profile().settings().number("ram"));
    } catch (IOException | LabException failed) {
      lines.release();
      throw notStarted(failed.getMessage());
    }
    RouterConnection connection =
        new RouterConnection(
            hypervisors,
            seat,
            lines,
            new RouterTunnels(adapter),
            new Instance(
                seat.control(),
                plan.files().directory(),
                plan.profile().platform().wireName(),
                name(plan)));
    try {
      connection.start(plan);
      return connection;
    } catch (IOException | LabException failed) {
      String said = connection.lastWords();
      connection.close();
      throw notStarted(failed.getMessage() + (said.isEmpty() ? "" : "; Dynamips: " + said));
    }
  }

  private HypervisorProcess.Place place(Plan plan) {
    Path directory = plan.files().directory();
    return adapter.config().dynamips().sharedHypervisors()
        ? HypervisorProcess.Place.shared(directory.getParent(), plan.profile().image())
        : HypervisorProcess.Place.own(directory, "i" + plan.files().id());
  }

  /** Two routers may have the same name for a while; a hypervisor needs different ones. */
  private String name(Plan plan) {
    return adapter.config().dynamips().sharedHypervisors()
        ? "%d: %s".formatted(plan.files().id(), plan.name())
        : plan.name();
  }

  private static LabException notStarted(String why) {
    return LabException.conflict("The router did not start: " + why);
  }

  /**
   * Takes over a router that an earlier server started.
   *
   * @param state what that server's {@link RouterConnection#state} said
   * @return empty if it runs no longer
   * @throws LabException (CONFLICT) if it runs but cannot be reached; it is ended then
   */
  Optional<RouterConnection> adopt(
      GhostImages ghosts, RouterProfile profile, RouterFiles files, JsonObject state) {
    Optional<Seat> seat;
    try {
      seat = hypervisors.adopt(state);
    } catch (IOException unreachable) {
      throw notReached(unreachable);
    }
    return seat.flatMap(found -> adopt(found, ghosts, profile, files, state));
  }

  private Optional<RouterConnection> adopt(
      Seat seat, GhostImages ghosts, RouterProfile profile, RouterFiles files, JsonObject state) {
    JsonObject ports = state.getJsonObject("ports");
    LinePorts lines = LinePorts.hold(adapter.consolePorts(), ports);
    RouterTunnels tunnels = new RouterTunnels(adapter);
    RouterConnection connection =
        new RouterConnection(
            hypervisors,
            seat,
            lines,
            tunnels,
            new Instance(
                seat.control(),
                files.directory(),
                profile.platform().wireName(),
                state.getString("name")));
    if (state.containsKey("ghost")) {
      Path file = Path.of(state.getString("ghost"));
      ghosts.hold(file);
      connection.keep(ghosts, file);
    }
    try {
      tunnels.reopen(ports);
      return connection.takeUp(state);
    } catch (IOException | LabException unreachable) {
      connection.close();
      throw notReached(unreachable);
    }
  }

  private static LabException notReached(Exception unreachable) {
    return LabException.conflict(
        "Dynamips runs but cannot be reached: " + unreachable.getMessage());
  }
}
