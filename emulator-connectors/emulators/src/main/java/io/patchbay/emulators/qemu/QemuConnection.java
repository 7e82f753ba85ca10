package io.patchbay.emulators.qemu;

import io.patchbay.emulators.qemu.qmp.Qmp;
import io.patchbay.emulators.qemu.qmp.QmpEvent;
import io.patchbay.emulators.vm.NicTunnels;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.console.ConsoleRelay;
import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.runtime.process.ProcessIdentity;
import io.patchbay.runtime.process.Programs;
import io.patchbay.runtime.process.ShellWords;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A running QEMU: its process, its control, its console, and the ways of its frames. */
final class QemuConnection implements AutoCloseable {
  /** Long, since many that start at once share the processors; an exit is noticed at once. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
  private static final int LOG_TAIL = 1000;

  /**
   * What a QEMU is launched with.
   *
   * @param directory of the node; exists
   * @param tunnels taken over, and closed with the connection
   * @param companions likewise
   * @param niceness see nice(1); 0 for that of the server
   * @param serial whether the first serial port is the console
   * @param auxiliary whether there is one more serial port to be reached
   */
  record Setup(
      Path directory,
      QemuSockets sockets,
      NicTunnels tunnels,
      Companions companions,
      List<String> command,
      int niceness,
      boolean serial,
      boolean auxiliary) {
    Path log() {
      return directory.resolve("qemu.log");
    }
  }

  private final Setup setup;
  private final String commandLine;
  private final EmulatorProcess process;
  private final Lines lines;
  private final Qmp qmp;

  /** The serial ports that are served. */
  private record Lines(Optional<ConsoleRelay> console, Optional<ConsoleRelay> auxiliary) {
    static Lines of(Setup setup, EmulatorProcess process) {
      return new Lines(
          relay(setup.serial(), setup.sockets().console(), process),
          relay(setup.auxiliary(), setup.sockets().auxiliary(), process));
    }

    private static Optional<ConsoleRelay> relay(
        boolean wanted, Path socket, EmulatorProcess process) {
      return wanted
          ? Optional.of(ConsoleRelay.plain(UnixDomainSocketAddress.of(socket), process::isAlive))
          : Optional.empty();
    }

    Stream<ConsoleRelay> all() {
      return Stream.of(console, auxiliary).flatMap(Optional::stream);
    }

    void open() throws IOException {
      try {
        for (ConsoleRelay line : all().toList()) {
          if (!line.open(START_PATIENCE)) {
            throw new IOException("its console does not answer");
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    void close() {
      all().forEach(ConsoleRelay::close);
    }
  }

  private QemuConnection(
      Setup setup, String commandLine, EmulatorProcess process, Lines lines, Qmp qmp) {
    this.setup = setup;
    this.commandLine = commandLine;
    this.process = process;
    this.lines = lines;
    this.qmp = qmp;
  }

  /**
   * Launches QEMU and waits until it has built the machine.
   *
   * @throws LabException (CONFLICT) with what QEMU printed if it does not; it is gone then, and
   *     what it was given is the caller's again
   */
  static QemuConnection launch(ResourceAdapter adapter, Setup setup, Consumer<QmpEvent> onEvent) {
    EmulatorProcess process;
    try {
      process = adapter.processes().launch(polite(setup), setup.directory(), setup.log());
    } catch (IOException e) {
      throw LabException.conflict("QEMU cannot be started: " + e.getMessage());
    }
    Lines lines = Lines.of(setup, process);
    try {
      // The console comes first, so that nothing of what the guest says is lost.
      lines.open();
      Qmp qmp = Qmp.connect(setup.sockets().qmp(), START_PATIENCE, process::isAlive, onEvent);
      return new QemuConnection(setup, ShellWords.join(setup.command()), process, lines, qmp);
    } catch (IOException failed) {
      lines.close();
      process.stop(STOP_PATIENCE);
      String said = EmulatorProcess.tail(setup.log(), LOG_TAIL);
      throw LabException.conflict(
          "QEMU did not start: " + (said.isEmpty() ? failed.getMessage() : said));
    }
  }

  private static List<String> polite(Setup setup) {
    List<String> line = new ArrayList<>();
    if (setup.niceness() != 0) {
      // Becomes QEMU itself; without the right to a higher priority it goes on without.
      Programs.find("nice")
          .ifPresent(nice -> line.addAll(List.of(nice.toString(), "-n", "" + setup.niceness())));
    }
    line.addAll(setup.command());
    return line;
  }

  /**
   * Takes over a QEMU that an earlier server launched.
   *
   * @param state what that server's {@link #state} said
   * @return empty if it runs no longer
   * @throws LabException (CONFLICT) if it runs but cannot be reached; it is ended then
   */
  static Optional<QemuConnection> adopt(
      ResourceAdapter adapter,
      Path directory,
      QemuSockets sockets,
      JsonObject state,
      Consumer<QmpEvent> onEvent) {
    Optional<EmulatorProcess> found =
        adapter.processes().adopt(ProcessIdentity.of(state.getJsonObject("process")));
    Companions companions = Companions.adopt(adapter.processes(), directory, state);
    if (found.isEmpty()) {
      companions.close();
      return Optional.empty();
    }
    EmulatorProcess process = found.get();
    Optional<NicTunnels> tunnels = Optional.empty();
    try {
      tunnels = Optional.of(NicTunnels.reopen(adapter, state.getJsonObject("ports")));
      Setup setup =
          new Setup(
              directory,
              sockets,
              tunnels.get(),
              companions,
              List.of(),
              0,
              state.getBoolean("serial"),
              state.getBoolean("auxiliary", false));
      Qmp qmp = Qmp.connect(sockets.qmp(), START_PATIENCE, process::isAlive, onEvent);
      Lines lines = Lines.of(setup, process);
      lines.all().forEach(ConsoleRelay::resume);
      return Optional.of(
          new QemuConnection(setup, state.getString("command_line"), process, lines, qmp));
    } catch (IOException unreachable) {
      companions.releaseBrake();
      process.stop(STOP_PATIENCE);
      companions.close();
      tunnels.ifPresent(NicTunnels::close);
      throw LabException.conflict("QEMU runs but cannot be reached: " + unreachable.getMessage());
    }
  }

  /** What {@link #adopt} of a later server needs; empty if it has ended. */
  Optional<JsonObject> state() {
    return process.identity().map(this::state);
  }

  private JsonObject state(ProcessIdentity identity) {
    JsonObjectBuilder state =
        Json.createObjectBuilder()
            .add("process", identity.toJson())
            .add("ports", setup.tunnels().toJson())
            .add("companions", setup.companions().toJson())
            .add("serial", setup.serial())
            .add("auxiliary", setup.auxiliary())
            .add("command_line", commandLine);
    setup.companions().brakeToJson().ifPresent(brake -> state.add("brake", brake));
    return state.build();
  }

  Qmp qmp() {
    return qmp;
  }

  NicTunnels tunnels() {
    return setup.tunnels();
  }

  Optional<ConsoleRelay> console() {
    return lines.console();
  }

  Optional<ConsoleRelay> auxiliary() {
    return lines.auxiliary();
  }

  String commandLine() {
    return commandLine;
  }

  /** Has the machine use no more than so much of a processor; says why if it cannot. */
  Optional<String> throttle(int percent) {
    return setup.companions().throttle(process.pid(), percent);
  }

  void onExit(Runnable action) {
    process.onExit(action);
  }

  /** Waits for the machine to end by itself. */
  boolean awaitEnd(Duration patience) {
    return process.awaitEnd(patience);
  }

  /** What QEMU printed last. */
  String lastWords() {
    return EmulatorProcess.tail(setup.log(), LOG_TAIL);
  }

  /** Ends the machine, as if its power was cut. */
  @Override
  public void close() {
    // What is held back would not even take the signal.
    setup.companions().releaseBrake();
    letGo();
    process.stop(STOP_PATIENCE);
    setup.companions().close();
    setup.tunnels().close();
    setup.sockets().clear();
  }

  /** Gives back everything of this server, and lets QEMU run. */
  void release() {
    letGo();
    setup.tunnels().close();
  }

  private void letGo() {
    qmp.close();
    lines.close();
  }
}
