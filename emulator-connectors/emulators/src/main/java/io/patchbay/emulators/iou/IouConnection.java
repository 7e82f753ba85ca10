package io.patchbay.emulators.iou;

import io.patchbay.netstack.io.IolAddress;
import io.patchbay.netstack.link.IolPorts;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.console.TerminalRelay;
import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.runtime.process.ProcessIdentity;
import io.patchbay.runtime.process.Pty;
import io.patchbay.runtime.process.ShellWords;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A running instance of IOU: its process, its terminal, its socket, and the numbers of both. */
final class IouConnection implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(10);

  private final NetioNumbers.Claim claim;
  private final IolPorts ports;
  private final String terminal;
  private final TerminalRelay console;
  private final EmulatorProcess process;
  private final Optional<Pty> pty;
  private final String commandLine;
  private final LastWords lastWords = new LastWords();

  /**
   * What an instance is launched with.
   *
   * @param command the image and its options
   * @param environment variables beside those of the server
   */
  record Plan(List<String> command, Map<String, String> environment, Path directory) {}

  private IouConnection(
      NetioNumbers.Claim claim,
      IolPorts ports,
      String terminal,
      TerminalRelay console,
      EmulatorProcess process,
      Optional<Pty> pty,
      String commandLine) {
    this.claim = claim;
    this.ports = ports;
    this.terminal = terminal;
    this.console = console;
    this.process = process;
    this.pty = pty;
    this.commandLine = commandLine;
  }

  private void record(Consumer<byte[]> log) {
    console.recordTo(
        printed -> {
          lastWords.accept(printed);
          log.accept(printed);
        });
  }

  /**
   * Launches an instance.
   *
   * @param claim of its numbers; given back with everything else, also if the launch fails
   * @param log takes what it prints, and does not wait
   * @throws LabException (CONFLICT) if it cannot be launched
   */
  static IouConnection launch(
      ResourceAdapter adapter,
      NetioNumbers numbers,
      NetioNumbers.Claim claim,
      Plan plan,
      Consumer<byte[]> log) {
    IolPorts ports = null;
    Pty pty = null;
    TerminalRelay console = null;
    try {
      ports = adapter.netstack().openIol(address(numbers, claim));
      pty = Pty.open();
      console = new TerminalRelay(adapter.netstack(), pty.path());
      EmulatorProcess process =
          adapter.processes().launch(plan.command(), plan.directory(), plan.environment(), pty);
      IouConnection connection =
          new IouConnection(
              claim,
              ports,
              pty.path(),
              console,
              process,
              Optional.of(pty),
              ShellWords.join(plan.command()));
      connection.record(log);
      return connection;
    } catch (IOException e) {
      closeAll(console, pty, ports, claim);
      throw LabException.conflict("IOU cannot be started: " + e.getMessage());
    }
  }

  /**
   * Takes over an instance that an earlier server launched.
   *
   * @param state what that server's {@link #state} said
   * @return empty if it runs no longer
   * @throws LabException (CONFLICT) if it runs but cannot be reached; it is ended then
   */
  static Optional<IouConnection> adopt(
      ResourceAdapter adapter,
      NetioNumbers numbers,
      int instance,
      JsonObject state,
      Consumer<byte[]> log) {
    Optional<EmulatorProcess> found =
        adapter.processes().adopt(ProcessIdentity.of(state.getJsonObject("process")));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    EmulatorProcess process = found.get();
    String terminal = state.getString("terminal");
    NetioNumbers.Claim claim = null;
    IolPorts ports = null;
    try {
      if (!Pty.isOf(process.pid(), terminal)) {
        throw LabException.conflict("it has not the terminal " + terminal);
      }
      claim = numbers.adopt(instance);
      ports = adapter.netstack().openIol(address(numbers, claim));
      IouConnection connection =
          new IouConnection(
              claim,
              ports,
              terminal,
              new TerminalRelay(adapter.netstack(), terminal),
              process,
              Optional.empty(),
              state.getString("command_line"));
      connection.record(log);
      return Optional.of(connection);
    } catch (IOException | LabException unreachable) {
      process.stop(STOP_PATIENCE);
      closeAll(ports, claim);
      throw LabException.conflict("IOU runs but cannot be reached: " + unreachable.getMessage());
    }
  }

  private static IolAddress address(NetioNumbers numbers, NetioNumbers.Claim claim) {
    return new IolAddress(numbers.directory(), claim.bridge(), claim.instance());
  }

  private static void closeAll(AutoCloseable... parts) {
    for (AutoCloseable part : parts) {
      if (part != null) {
        try {
          part.close();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /**
   * Waits until the instance has its socket. One that takes longer may still come up.
   *
   * @throws LabException (CONFLICT) with what it printed if it ends instead; it is not closed then
   */
  void awaitSocket(Path socket, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!Files.exists(socket) && System.nanoTime() < deadline) {
      if (process.awaitEnd(POLL)) {
        console.drain();
        throw LabException.conflict("IOU did not start: " + lastWords);
      }
    }
  }

  /** What {@link #adopt} of a later server needs; empty if it has ended. */
  Optional<JsonObject> state() {
    return process
        .identity()
        .map(
            identity ->
                Json.createObjectBuilder()
                    .add("process", identity.toJson())
                    .add("terminal", terminal)
                    .add("command_line", commandLine)
                    .build());
  }

  String commandLine() {
    return commandLine;
  }

  TerminalRelay console() {
    return console;
  }

  /** The end of what it printed. */
  String lastWords() {
    console.drain();
    return lastWords.toString();
  }

  LinkEnd port(PortAddress address) {
    return ports.port(address.adapter(), address.port());
  }

  void onExit(Runnable action) {
    process.onExit(action);
  }

  /** Ends the instance; returns when nothing of it is left. */
  @Override
  public void close() {
    process.stop(STOP_PATIENCE);
    console.drain();
    claim.sweep();
    release();
  }

  /** Gives back everything of this server, and lets the instance run. */
  void release() {
    closeAll(console, ports);
    pty.ifPresent(Pty::close);
    claim.close();
  }
}
