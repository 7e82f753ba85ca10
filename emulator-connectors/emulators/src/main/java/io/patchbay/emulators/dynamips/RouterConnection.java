package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hardware.Equipment;
import io.patchbay.emulators.dynamips.hypervisor.Hypervisor;
import io.patchbay.emulators.dynamips.hypervisor.Instance;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.console.ConsoleRelay;
import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.runtime.process.ProcessIdentity;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A running hypervisor with one router: its process, its control, its lines and its frames. */
final class RouterConnection implements AutoCloseable {
  /** As {@link RouterLauncher} has for the hypervisor. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

  private final ControlPorts control;
  private final RouterTunnels tunnels;
  private final EmulatorProcess process;
  private final Hypervisor hypervisor;
  private final Instance instance;
  private final ConsoleRelay console;
  private final ConsoleRelay auxiliary;
  private Runnable giveBackGhost = () -> {};
  private Optional<Path> ghost = Optional.empty();
  private volatile boolean suspended;

  RouterConnection(
      ControlPorts control,
      RouterTunnels tunnels,
      EmulatorProcess process,
      Hypervisor hypervisor,
      Instance instance) {
    this.control = control;
    this.tunnels = tunnels;
    this.process = process;
    this.hypervisor = hypervisor;
    this.instance = instance;
    console = new ConsoleRelay(ControlPorts.here(control.console()), process::isAlive);
    auxiliary = new ConsoleRelay(ControlPorts.here(control.auxiliary()), process::isAlive);
  }

  /**
   * Builds the router and starts it.
   *
   * @throws IOException if its lines do not answer
   * @throws LabException (CONFLICT) if Dynamips refuses it
   */
  void start(RouterLauncher.Plan plan) throws IOException {
    plan.ghosts().ifPresent(ghosts -> share(ghosts, plan));
    RouterBuilder.chooseModel(instance, plan.profile());
    RouterBuilder.configure(instance, plan.profile(), plan.files(), ghost);
    RouterBuilder.insertCards(instance, plan.profile().equipment());
    instance.set("con_tcp_port", control.console());
    instance.set("aux_tcp_port", control.auxiliary());
    for (PortAddress port : plan.ports()) {
      plug(port, false);
    }
    instance.start();
    RouterBuilder.tune(instance, plan.profile().settings());
    open(console);
    open(auxiliary);
  }

  private void share(GhostImages ghosts, RouterLauncher.Plan plan) {
    Path file = ghosts.acquire(hypervisor, plan.profile(), plan.files().directory().getParent());
    keep(ghosts, file);
  }

  /** Has given back, in the end, the memory content that this router shares. */
  void keep(GhostImages ghosts, Path file) {
    ghost = Optional.of(file);
    giveBackGhost = () -> ghosts.release(file);
  }

  private static void open(ConsoleRelay relay) throws IOException {
    try {
      if (!relay.open(START_PATIENCE)) {
        throw new IOException("its console does not answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Goes on with a router that was found; empty if it does not run, and all is given back then. */
  Optional<RouterConnection> takeUp() {
    Instance.State now = instance.state();
    if (now != Instance.State.RUNNING && now != Instance.State.SUSPENDED) {
      close();
      return Optional.empty();
    }
    suspended = now == Instance.State.SUSPENDED;
    console.resume();
    auxiliary.resume();
    return Optional.of(this);
  }

  /** What {@link RouterLauncher#adopt} of a later server needs; empty if it has ended. */
  Optional<JsonObject> state() {
    return process.identity().map(this::state);
  }

  private JsonObject state(ProcessIdentity identity) {
    JsonObjectBuilder ports = Json.createObjectBuilder();
    control.describe(ports);
    tunnels.describe(ports);
    JsonObjectBuilder state =
        Json.createObjectBuilder()
            .add("process", identity.toJson())
            .add("ports", ports)
            .add("name", instance.name());
    ghost.ifPresent(file -> state.add("ghost", file.toString()));
    return state.build();
  }

  Instance instance() {
    return instance;
  }

  ConsoleRelay console() {
    return console;
  }

  ConsoleRelay auxiliary() {
    return auxiliary;
  }

  boolean isSuspended() {
    return suspended;
  }

  void suspend() {
    instance.suspend();
    suspended = true;
  }

  void resume() {
    instance.resume();
    suspended = false;
  }

  /** Where the frames of a port come and go; made if the port had no link yet. */
  LinkEnd plug(PortAddress port) {
    return plug(port, true);
  }

  private LinkEnd plug(PortAddress port, boolean running) {
    Optional<RouterTunnels.Tunnel> there = tunnels.find(port);
    if (there.isPresent()) {
      return there.get().end();
    }
    RouterTunnels.Tunnel tunnel = tunnels.open(port);
    try {
      instance.plug(port, tunnel.theirs(), tunnel.own(), running);
      return tunnel.end();
    } catch (LabException refused) {
      tunnels.close(port);
      throw refused;
    }
  }

  /** Lets the router see that a port has no link any more. */
  void unplug(PortAddress port) {
    if (tunnels.find(port).isPresent()) {
      instance.unplug(port, true);
      tunnels.close(port);
    }
  }

  /**
   * @throws LabException (CONFLICT) if Dynamips refuses one of them; those before it are done then
   */
  void move(List<Equipment.Move> moves) {
    for (Equipment.Move move : moves) {
      if (move.in()) {
        instance.insertLive(move.slot(), move.card().wireName());
      } else {
        instance.removeLive(move.slot());
      }
    }
  }

  /** How busy the router's processor is, and the other threads of the hypervisor. */
  ThreadLoad load() {
    return ThreadLoad.of(process.pid());
  }

  void onExit(Runnable action) {
    process.onExit(action);
  }

  /** Switches the router off and ends the hypervisor; returns when nothing of it is left. */
  @Override
  public void close() {
    try {
      hypervisor.stop(STOP_PATIENCE);
    } catch (LabException hanging) {
      // It is ended the hard way below.
    }
    letGo();
    process.stop(STOP_PATIENCE);
    tunnels.close();
    control.release();
    giveBackGhost.run();
  }

  /** Gives back everything of this server, and lets the router run. */
  void release() {
    letGo();
    tunnels.close();
    control.release();
  }

  private void letGo() {
    hypervisor.close();
    console.close();
    auxiliary.close();
  }
}
