package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hardware.Equipment;
import io.patchbay.emulators.dynamips.hypervisor.Hypervisor;
import io.patchbay.emulators.dynamips.hypervisor.Instance;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.console.ConsoleRelay;
import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.runtime.process.ProcessIdentity;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A running hypervisor with one router: its process, its control, its lines and its frames. */
final class RouterConnection implements AutoCloseable {
  /** Long, since many that start at once share the processors; an exit is noticed at once. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);
  private static final int LOG_TAIL = 1000;

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

  private RouterConnection(
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
   * Launches a hypervisor and starts the router in it.
   *
   * @throws LabException (CONFLICT) with what Dynamips said if that fails; nothing is left then
   */
  static RouterConnection launch(ResourceAdapter adapter, Plan plan) {
    plan.files().make();
    ControlPorts control = ControlPorts.lease(adapter.consolePorts());
    Optional<EmulatorProcess> process = Optional.empty();
    Optional<RouterConnection> connection = Optional.empty();
    try {
      process = Optional.of(launch(adapter, plan, control));
      Hypervisor hypervisor = connect(control, process.get());
      connection = Optional.of(create(adapter, plan, control, process.get(), hypervisor));
      connection.get().start(plan);
      return connection.get();
    } catch (IOException | LabException failed) {
      connection.ifPresentOrElse(RouterConnection::close, control::release);
      process.ifPresent(running -> running.stop(STOP_PATIENCE));
      String said = EmulatorProcess.tail(plan.files().output(), LOG_TAIL);
      throw LabException.conflict(
          "The router did not start: "
              + failed.getMessage()
              + (said.isEmpty() ? "" : "; Dynamips: " + said));
    }
  }

  private static EmulatorProcess launch(ResourceAdapter adapter, Plan plan, ControlPorts control)
      throws IOException {
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

  private static Hypervisor connect(ControlPorts control, EmulatorProcess process)
      throws IOException {
    InetSocketAddress address = ControlPorts.here(control.hypervisor());
    return Hypervisor.connect(address, START_PATIENCE, process::isAlive);
  }

  private static RouterConnection create(
      ResourceAdapter adapter,
      Plan plan,
      ControlPorts control,
      EmulatorProcess process,
      Hypervisor hypervisor) {
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

  private void start(Plan plan) throws IOException {
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

  private void share(GhostImages ghosts, Plan plan) {
    Path file = ghosts.acquire(hypervisor, plan.profile(), plan.files().directory().getParent());
    keep(ghosts, file);
  }

  private void keep(GhostImages ghosts, Path file) {
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

  /**
   * Takes over a hypervisor that an earlier server launched.
   *
   * @param state what that server's {@link #state} said
   * @return empty if it runs no longer, or its router does not
   * @throws LabException (CONFLICT) if it runs but cannot be reached; it is ended then
   */
  static Optional<RouterConnection> adopt(
      ResourceAdapter adapter, GhostImages ghosts, RouterProfile profile, JsonObject state) {
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
      return connection.takeUp();
    } catch (IOException | LabException unreachable) {
      tunnels.ifPresent(RouterTunnels::close);
      process.stop(STOP_PATIENCE);
      control.release();
      throw LabException.conflict(
          "Dynamips runs but cannot be reached: " + unreachable.getMessage());
    }
  }

  private Optional<RouterConnection> takeUp() {
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

  /** What {@link #adopt} of a later server needs; empty if it has ended. */
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

  void onExit(Runnable action) {
    process.onExit(action);
  }

  /** What Dynamips printed last. */
  static String lastWords(RouterFiles files) {
    return EmulatorProcess.tail(files.output(), LOG_TAIL);
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
