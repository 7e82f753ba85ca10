package io.patchbay.emulators.qemu;

import io.patchbay.emulators.qemu.machine.NicBackend;
import io.patchbay.emulators.qemu.machine.QemuSettings;
import io.patchbay.emulators.qemu.machine.QemuSettings.OnClose;
import io.patchbay.emulators.qemu.qmp.QmpEvent;
import io.patchbay.emulators.vm.AdapterPorts;
import io.patchbay.emulators.vm.NicTunnels;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeStatus;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The machine of a node: off, or a QEMU with the node's console and links at it. For use under the
 * node's lock, except where a method says otherwise.
 */
final class Machine {
  private static final Duration SAVE_PATIENCE = Duration.ofMinutes(10);

  /** The node, as far as its machine has something to say to it. */
  interface Owner {
    /** Runs something under the node's lock, soon, unless the node is gone by then. */
    void later(Runnable work);

    /** The machine's state has changed by itself; called under the lock. */
    void became(NodeStatus status);

    /** Tells the user, from any thread. */
    void warn(String message);
  }

  private final Owner owner;
  private final AdapterPorts adapters;
  private final MachineConsole console;
  private volatile Optional<QemuConnection> running = Optional.empty();
  private volatile boolean switchedOff;
  private String commandLine = "";

  Machine(Owner owner, AdapterPorts adapters, MachineConsole console) {
    this.owner = owner;
    this.adapters = adapters;
    this.console = console;
  }

  boolean isOn() {
    return running.isPresent();
  }

  /** Of the last machine; empty before there was one. */
  String commandLine() {
    return commandLine;
  }

  /** What it takes to adopt it; empty if it is off. */
  Optional<JsonObject> state() {
    return running.flatMap(QemuConnection::state);
  }

  /**
   * @throws LabException (CONFLICT) if it does not come up; it is off then
   */
  void start(MachineLauncher launcher, MachinePlan plan) {
    switchedOff = false;
    adapters.live();
    try {
      QemuConnection connection = launcher.launch(plan, this::happened, owner::warn);
      try {
        pullCables(connection, plan.settings());
        serve(connection);
      } catch (LabException refused) {
        connection.close();
        throw refused;
      }
    } catch (LabException failed) {
      console.close();
      adapters.idle();
      throw failed;
    }
  }

  /**
   * Takes over a machine that ran when an earlier server was killed.
   *
   * @param find finds its QEMU, which is told where to tell events
   * @return its state; empty if it runs no longer
   */
  Optional<NodeStatus> adopt(Function<Consumer<QmpEvent>, Optional<QemuConnection>> find) {
    switchedOff = false;
    return find.apply(this::happened).map(this::takeUp);
  }

  private NodeStatus takeUp(QemuConnection connection) {
    try {
      adapters.live();
      serve(connection);
      return connection.qmp().status().equals("running")
          ? NodeStatus.STARTED
          : NodeStatus.SUSPENDED;
    } catch (LabException refused) {
      // A machine without its filters or its console is not the one that was left.
      off(connection);
      throw refused;
    }
  }

  private void serve(QemuConnection connection) {
    console.open(connection.console(), connection.auxiliary());
    joinAll(connection.tunnels());
    running = Optional.of(connection);
    commandLine = connection.commandLine();
    connection.onExit(() -> whileOn(connection, () -> exited(connection)));
  }

  private void joinAll(NicTunnels tunnels) {
    for (int number = 0; number < tunnels.count(); number++) {
      adapters.join(number, tunnels.end(number));
    }
  }

  /** A machine comes up with every cable plugged in. */
  private void pullCables(QemuConnection connection, QemuSettings settings) {
    if (!settings.replicatesLinks()) {
      return;
    }
    List<Integer> connected = adapters.connected();
    for (int number = 0; number < connection.tunnels().count(); number++) {
      if (!connected.contains(number)) {
        connection.qmp().setLink(NicBackend.id(number), false);
      }
    }
  }

  /** Runs what has to do with a connection, if it is still the one. */
  private void whileOn(QemuConnection connection, Runnable work) {
    owner.later(
        () -> {
          if (running.filter(connection::equals).isPresent()) {
            work.run();
          }
        });
  }

  private void exited(QemuConnection connection) {
    String lastWords = switchedOff ? "" : connection.lastWords();
    off(connection);
    owner.became(NodeStatus.STOPPED);
    if (!lastWords.isEmpty()) {
      owner.warn("QEMU has ended: " + lastWords);
    }
  }

  /** Comes from threads of QMP's. */
  private void happened(QmpEvent event) {
    switch (event) {
      case QmpEvent.RunStateChanged change -> running.ifPresent(this::followRunState);
      case QmpEvent.Shutdown shutdown -> switchedOff = true;
      case QmpEvent.Panicked panic -> owner.warn("The guest's kernel has panicked");
      case QmpEvent.DiskTrouble trouble ->
          owner.warn(
              "Disk "
                  + trouble.device()
                  + " fails: "
                  + trouble.reason()
                  + (trouble.stops() ? "; the machine is suspended" : ""));
      case QmpEvent.Reset reset -> {
        // A guest that boots again is no event for its node.
      }
      case QmpEvent.Other other -> {
        // Of no meaning here.
      }
    }
  }

  /** Asks, since the event may be older than what was done since. */
  private void followRunState(QemuConnection connection) {
    whileOn(
        connection,
        () -> {
          switch (connection.qmp().status()) {
            case "running" -> owner.became(NodeStatus.STARTED);
            case "paused", "io-error", "suspended", "watchdog" ->
                owner.became(NodeStatus.SUSPENDED);
            default -> {
              // On its way from one to another.
            }
          }
        });
  }

  void suspend() {
    require().qmp().pauseGuest();
  }

  void resume() {
    require().qmp().resumeGuest();
  }

  void reset() {
    require().qmp().reset();
    require().qmp().resumeGuest();
  }

  /** Asks the guest to shut down and waits until it has; not under the lock. */
  void askToShutDown(Duration patience) {
    Optional<QemuConnection> now = running;
    if (now.isEmpty()) {
      return;
    }
    try {
      // A guest that stands still does not notice the button.
      now.get().qmp().resumeGuest();
      now.get().qmp().pressPowerButton();
      if (!now.get().awaitEnd(patience)) {
        owner.warn("The guest did not shut down in time; its power is cut");
      }
    } catch (LabException ended) {
      // Which is what was wanted.
    }
  }

  /** Switches it off; returns when nothing of it is left. */
  void stop(OnClose how) {
    running.ifPresent(
        connection -> {
          if (how == OnClose.SAVE_VM_STATE) {
            saveState(connection);
          }
          off(connection);
        });
  }

  private void saveState(QemuConnection connection) {
    try {
      connection.qmp().pauseGuest();
      connection.qmp().saveState(QemuDisks.SAVED_STATE, SAVE_PATIENCE);
    } catch (LabException failed) {
      owner.warn("The state is not saved: " + failed.getMessage());
    }
  }

  private void off(QemuConnection connection) {
    running = Optional.empty();
    console.close();
    adapters.idle();
    connection.close();
  }

  /** Lets QEMU run and lets go of it. */
  void release() {
    running.ifPresent(QemuConnection::release);
    running = Optional.empty();
    console.close();
  }

  void throttle(int percent) {
    running.ifPresent(connection -> MachineLauncher.throttle(connection, percent, owner::warn));
  }

  /**
   * @throws LabException (CONFLICT) if it runs without this adapter: it has those that it was
   *     started with
   */
  void requireAdapter(int number) {
    if (running.filter(connection -> number >= connection.tunnels().count()).isPresent()) {
      throw adapters.missing(number);
    }
  }

  /** What is plugged into an adapter has changed. */
  void rewire(int number, boolean replicates) {
    running
        .filter(connection -> number < connection.tunnels().count())
        .ifPresent(
            connection -> {
              adapters.join(number, connection.tunnels().end(number));
              if (replicates) {
                connection.qmp().setLink(NicBackend.id(number), adapters.isUp(number));
              }
            });
  }

  private QemuConnection require() {
    return running.orElseThrow(() -> LabException.conflict("The machine is off"));
  }
}
