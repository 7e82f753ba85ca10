package io.patchbay.emulators.traceng;

import io.patchbay.emulators.vm.NicTunnels;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.runtime.process.ProcessIdentity;
import io.patchbay.runtime.process.Programs;
import io.patchbay.runtime.process.ShellWords;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A running TraceNG and the way of its frames. */
final class TraceConnection implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);
  private static final int LOG_TAIL = 500;

  private final EmulatorProcess process;
  private final NicTunnels tunnels;
  private final String commandLine;
  private final Path log;

  private TraceConnection(
      EmulatorProcess process, NicTunnels tunnels, String commandLine, Path log) {
    this.process = process;
    this.tunnels = tunnels;
    this.commandLine = commandLine;
    this.log = log;
  }

  /**
   * @param directory of the node; exists
   * @param destination checked
   * @throws LabException (CONFLICT) if it cannot be started; nothing is left then
   */
  static TraceConnection launch(
      ResourceAdapter adapter, String program, Path directory, String address, String destination) {
    Path path =
        Programs.find(program)
            .orElseThrow(
                () -> LabException.conflict("The program '" + program + "' is not installed"));
    Optional<NicTunnels> tunnels = Optional.empty();
    try {
      tunnels = Optional.of(NicTunnels.open(adapter, 1));
      NicTunnels.Ports ports = tunnels.get().pairs().getFirst();
      List<String> command =
          List.of(
              path.toString(),
              // Frames by UDP: from this port, to that one, on this host.
              "-u",
              "-c",
              Integer.toString(ports.guest()),
              "-v",
              Integer.toString(ports.own()),
              "-b",
              NicTunnels.HOST,
              "-s",
              "ICMP",
              "-f",
              address,
              destination);
      Path log = log(directory);
      return new TraceConnection(
          adapter.processes().launch(command, directory, log),
          tunnels.get(),
          ShellWords.join(command),
          log);
    } catch (IOException e) {
      tunnels.ifPresent(NicTunnels::close);
      throw LabException.conflict("TraceNG cannot be started: " + e.getMessage());
    }
  }

  private static Path log(Path directory) {
    return directory.resolve("traceng.log");
  }

  /**
   * Takes over a TraceNG that an earlier server launched.
   *
   * @param state what that server's {@link #state} said
   * @return empty if it runs no longer
   * @throws LabException (CONFLICT) if it runs but its frames cannot be reached; it is ended then
   */
  static Optional<TraceConnection> adopt(
      ResourceAdapter adapter, Path directory, JsonObject state) {
    Optional<EmulatorProcess> found =
        adapter.processes().adopt(ProcessIdentity.of(state.getJsonObject("process")));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new TraceConnection(
              found.get(),
              NicTunnels.reopen(adapter, state.getJsonObject("ports")),
              state.getString("command_line"),
              log(directory)));
    } catch (IOException taken) {
      found.get().stop(STOP_PATIENCE);
      throw LabException.conflict("TraceNG runs but cannot be reached: " + taken.getMessage());
    }
  }

  /** What it takes to adopt it; empty if it has ended. */
  Optional<JsonObject> state() {
    return process
        .identity()
        .map(
            identity ->
                Json.createObjectBuilder()
                    .add("process", identity.toJson())
                    .add("ports", tunnels.toJson())
                    .add("command_line", commandLine)
                    .build());
  }

  LinkEnd end() {
    return tunnels.end(0);
  }

  String commandLine() {
    return commandLine;
  }

  /** What it printed last. */
  String lastWords() {
    return EmulatorProcess.tail(log, LOG_TAIL);
  }

  void onExit(Runnable action) {
    process.onExit(action);
  }

  @Override
  public void close() {
    process.stop(STOP_PATIENCE);
    release();
  }

  /** Gives back what is this server's, and lets it run. */
  void release() {
    tunnels.close();
  }
}
