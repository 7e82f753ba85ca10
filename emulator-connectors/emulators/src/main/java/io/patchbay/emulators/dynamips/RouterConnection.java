package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hardware.Equipment;
import io.patchbay.emulators.dynamips.hypervisor.Hypervisors;
import io.patchbay.emulators.dynamips.hypervisor.Hypervisors.Seat;
import io.patchbay.emulators.dynamips.hypervisor.Instance;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.console.ConsoleRelay;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A running router: its part in a hypervisor, its lines and its frames. */
final class RouterConnection implements AutoCloseable {
  private static final String THREADS = "threads";

  /** As for the hypervisor. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private final Hypervisors hypervisors;
  private final Seat seat;
  private final LinePorts lines;
  private final RouterTunnels tunnels;
  private final Instance instance;
  private final ConsoleRelay console;
  private final ConsoleRelay auxiliary;
  private final List<Runnable> watchers = new ArrayList<>();
  private Set<String> threads = Set.of();
  private Runnable giveBackGhost = () -> {};
  private Optional<Path> ghost = Optional.empty();
  private volatile boolean suspended;

  RouterConnection(
      Hypervisors hypervisors,
      Seat seat,
      LinePorts lines,
      RouterTunnels tunnels,
      Instance instance) {
    this.hypervisors = hypervisors;
    this.seat = seat;
    this.lines = lines;
    this.tunnels = tunnels;
    this.instance = instance;
    console = new ConsoleRelay(LinePorts.here(lines.console()), seat.process()::isAlive);
    auxiliary = new ConsoleRelay(LinePorts.here(lines.auxiliary()), seat.process()::isAlive);
  }

  /**
   * Builds the router and starts it.
   *
   * @throws IOException if its lines do not answer
   * @throws LabException (CONFLICT) if Dynamips refuses it
   */
  void start(RouterLauncher.Plan plan) throws IOException {
    plan.ghosts().ifPresent(ghosts -> share(ghosts, plan));
    instance.create(plan.files().id());
    RouterBuilder.chooseModel(instance, plan.profile());
    RouterBuilder.configure(instance, plan.profile(), plan.files(), ghost);
    RouterBuilder.insertCards(instance, plan.profile().equipment());
    instance.set("con_tcp_port", lines.console());
    instance.set("aux_tcp_port", lines.auxiliary());
    for (PortAddress port : plan.ports()) {
      plug(port, false);
    }
    threads = instance.start(() -> ThreadLoad.threads(seat.process().pid()));
    RouterBuilder.tune(instance, plan.profile().settings());
    open(console);
    open(auxiliary);
  }

  private void share(GhostImages ghosts, RouterLauncher.Plan plan) {
    Path file = ghosts.acquire(seat.control(), plan.profile(), plan.files());
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
  Optional<RouterConnection> takeUp(JsonObject state) {
    threads =
        state.getJsonArray(THREADS).getValuesAs(JsonString::getString).stream()
            .collect(Collectors.toUnmodifiableSet());
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
    JsonObjectBuilder ports = Json.createObjectBuilder();
    JsonObjectBuilder state = Json.createObjectBuilder();
    lines.describe(ports);
    tunnels.describe(ports);
    if (!seat.describe(state, ports)) {
      return Optional.empty();
    }
    ghost.ifPresent(file -> state.add("ghost", file.toString()));
    return Optional.of(
        state
            .add("ports", ports)
            .add("name", instance.name())
            .add(THREADS, Json.createArrayBuilder(threads))
            .build());
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

  /** How busy the router is. */
  ThreadLoad load() {
    return ThreadLoad.of(seat.process().pid(), threads);
  }

  /** Runs an action if the hypervisor ends by itself; perhaps twice. */
  void onExit(Runnable action) {
    watchers.add(action);
    seat.process().watch(action);
  }

  /** What the hypervisor printed last, or why it was ended. */
  String lastWords() {
    return seat.process().lastWords();
  }

  /** Switches the router off; returns when nothing of it is left. */
  @Override
  public void close() {
    hangUp();
    hypervisors.leave(seat, instance, tunnels.ports());
    giveBack();
    giveBackGhost.run();
  }

  /** Gives back everything of this server, and lets the router run. */
  void release() {
    hangUp();
    hypervisors.release(seat);
    giveBack();
  }

  private void hangUp() {
    watchers.forEach(seat.process()::unwatch);
    console.close();
    auxiliary.close();
  }

  private void giveBack() {
    tunnels.close();
    lines.release();
  }
}
