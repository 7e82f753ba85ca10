package io.patchbay.emulators.vpcs;

import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.console.ConsoleRelay;
import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.runtime.process.ProcessIdentity;
import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.ConsoleViewer;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A running VPCS process: its frames, its console, and the ports that it takes. */
final class VpcsConnection implements RunningPc {
  // Long, since a hundred that start at once share the processors; an exit is noticed at once.
  private static final Duration CONSOLE_PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);
  private static final String LOG_FILE = "vpcs.log";

  private final VpcsPorts ports;
  private final List<String> command;
  private final EmulatorProcess process;
  private final ConsoleRelay console;
  private final LinkEnd link;
  private Optional<JsonObject> state = Optional.empty();

  private VpcsConnection(
      VpcsPorts ports, List<String> command, EmulatorProcess process, LinkEnd link) {
    this.ports = ports;
    this.command = command;
    this.process = process;
    this.link = link;
    this.console =
        new ConsoleRelay(
            new InetSocketAddress(InetAddress.ofLiteral(VpcsPorts.LOOPBACK), ports.console()),
            process::isAlive);
  }

  /**
   * Launches VPCS and waits until its console answers.
   *
   * @throws LabException (CONFLICT) with what VPCS printed if it does not come up; nothing is left
   *     then
   */
  static VpcsConnection launch(
      ResourceAdapter adapter, VpcsProgram program, Path directory, int macOffset) {
    VpcsPorts ports = VpcsPorts.lease(adapter, program);
    Optional<LinkEnd> link = Optional.empty();
    try {
      link = Optional.of(ports.openLink(adapter));
      List<String> command =
          program.command(
              ports.console(),
              ports.vpcs(),
              ports.own(),
              macOffset,
              Files.exists(directory.resolve(VpcsNode.STARTUP_FILE)));
      EmulatorProcess process =
          adapter.processes().launch(command, directory, directory.resolve(LOG_FILE));
      VpcsConnection connection = new VpcsConnection(ports, command, process, link.get());
      connection.awaitConsole(directory.resolve(LOG_FILE));
      connection.noteState();
      return connection;
    } catch (IOException e) {
      link.ifPresent(LinkEnd::close);
      ports.release();
      throw LabException.conflict("VPCS cannot be started: " + e.getMessage());
    }
  }

  private void awaitConsole(Path log) {
    try {
      if (console.open(CONSOLE_PATIENCE)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    throw LabException.conflict("VPCS did not start: " + EmulatorProcess.tail(log, 500));
  }

  /**
   * Takes over a VPCS that an earlier server launched.
   *
   * @param state what that server's {@link #state} said
   * @return empty if it runs no longer
   * @throws LabException (CONFLICT) if it runs but its frames cannot be reached; it is ended then
   */
  static Optional<VpcsConnection> adopt(ResourceAdapter adapter, JsonObject state) {
    Optional<EmulatorProcess> found =
        adapter.processes().adopt(ProcessIdentity.of(state.getJsonObject("process")));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    VpcsPorts ports = VpcsPorts.hold(adapter, state.getJsonObject("ports"));
    try {
      VpcsConnection connection =
          new VpcsConnection(
              ports,
              List.of(state.getString("command_line").split(" ")),
              found.get(),
              ports.openLink(adapter));
      connection.console.resume();
      connection.noteState();
      return Optional.of(connection);
    } catch (IOException taken) {
      found.get().stop(STOP_PATIENCE);
      ports.release();
      throw LabException.conflict("VPCS runs but cannot be reached: " + taken.getMessage());
    }
  }

  private void noteState() {
    state =
        process
            .identity()
            .map(
                identity ->
                    Json.createObjectBuilder()
                        .add("process", identity.toJson())
                        .add("ports", ports.toJson())
                        .add("command_line", commandLine())
                        .build());
  }

  @Override
  public Optional<JsonObject> state() {
    return state;
  }

  @Override
  public String commandLine() {
    return String.join(" ", command);
  }

  /** The script is run by VPCS itself. */
  @Override
  public void begin() {}

  @Override
  public ConsoleSession join(ConsoleViewer viewer) {
    return console.join(viewer);
  }

  @Override
  public void recordTo(Consumer<byte[]> recorder) {
    console.recordTo(recorder);
  }

  @Override
  public void dropViewers() {
    console.dropViewers();
  }

  /** It does not change. */
  @Override
  public void onChange(Runnable action) {}

  @Override
  public LinkEnd link() {
    return link;
  }

  @Override
  public void onExit(Runnable action) {
    process.onExit(action);
  }

  @Override
  public void close() {
    console.close();
    process.stop(STOP_PATIENCE);
    release();
  }

  @Override
  public void release() {
    console.close();
    link.close();
    ports.release();
  }
}
