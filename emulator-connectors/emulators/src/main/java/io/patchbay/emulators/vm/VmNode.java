package io.patchbay.emulators.vm;

import io.patchbay.emulators.vm.VmSettings.OnClose;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.ManagedNode;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.link.LinkPort;
import io.patchbay.runtime.process.SocketDirectory;
import io.patchbay.spi.ConsoleLogged;
import io.patchbay.spi.ConsoleSource;
import io.patchbay.spi.ConsoleViewer;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.NodeStatus;
import io.patchbay.spi.PortAddress;
import io.patchbay.spi.Suspendable;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A machine of a manager that has machines of its own, such as VirtualBox. Each adapter has one
 * port; the port's number is not looked at.
 */
public abstract class VmNode extends ManagedNode
    implements ConsoleSource, ConsoleLogged, Suspendable {
  private final AdapterPorts adapters;
  private final SerialConsole console;
  private final Duration shutdownPatience;
  private volatile VmSettings settings;
  private final VmPower power;

  /**
   * @param noun what messages call such a machine
   * @param shutdownPatience how long a guest may take to shut down
   */
  protected VmNode(
      ResourceAdapter adapter,
      NodeKind kind,
      NodeSite site,
      String noun,
      VmSettings settings,
      ConsolePort port,
      Duration shutdownPatience) {
    super(adapter, kind, site);
    this.settings = settings;
    this.shutdownPatience = shutdownPatience;
    adapters = new AdapterPorts(adapter, site, noun, settings.adapters());
    Path sockets = SocketDirectory.base(adapter.config().runDirectory(), site.nodeId());
    console =
        new SerialConsole(
            adapter.config().consoleAddress(),
            port,
            adapter.consoleLogs().of(site.directory(kind)),
            sockets.resolveSibling(sockets.getFileName() + ".con"));
    power = new VmPower(new Voice(), adapters, console);
  }

  private final class Voice implements VmPower.Owner {
    @Override
    public void ended(Runnable work) {
      later(
          () -> {
            work.run();
            if (!power.isOn()) {
              become(NodeStatus.STOPPED);
            }
          });
    }

    @Override
    public void warn(String message) {
      VmNode.this.warn(name() + ": " + message);
    }
  }

  /**
   * Switches the machine on, with its adapters and its console as they are to be.
   *
   * @throws LabException (CONFLICT) if it does not come up; it is off then and takes nothing
   */
  protected abstract RunningVm powerOn();

  /**
   * Takes over a machine that an earlier server had switched on.
   *
   * @param state what that one's {@link RunningVm#state} said
   * @return empty if it is off
   */
  protected abstract Optional<RunningVm> takeOver(JsonObject state);

  /**
   * What the machine is to be, checked and told to its manager; under the lock, before anything
   * else of the request is done.
   *
   * @throws LabException if that cannot be; nothing has changed then
   */
  protected abstract VmSettings changed(VmSettings now, JsonObject request);

  /**
   * @throws LabException (CONFLICT) if nothing may be plugged into this adapter, which exists
   */
  protected abstract void requireUsable(int adapter);

  /** What is this kind's alone is given up; the machine is off, or runs on if it is released. */
  protected abstract void leave(boolean released);

  protected final VmSettings settings() {
    return settings;
  }

  protected final AdapterPorts adapters() {
    return adapters;
  }

  protected final SerialConsole console() {
    return console;
  }

  /** May be asked without the lock. */
  protected final boolean isOn() {
    return power.isOn();
  }

  @Override
  protected final void doStart() {
    power.start(this::powerOn);
  }

  @Override
  protected final void windDown() {
    if (settings.onClose() == OnClose.SHUTDOWN_SIGNAL) {
      power.askToShutDown(shutdownPatience);
    }
  }

  @Override
  protected final void doStop() {
    power.stop(settings.onClose() == OnClose.SAVE_VM_STATE);
  }

  /** A saved state would be lost, as the machine is given up. */
  @Override
  protected final void doEnd() {
    power.stop(false);
  }

  @Override
  protected final boolean doSuspend() {
    power.require().pause();
    return true;
  }

  @Override
  protected final void doResume() {
    power.require().resume();
  }

  @Override
  protected final void doReload() {
    if (!power.isOn()) {
      super.doReload();
      return;
    }
    if (status() == NodeStatus.SUSPENDED) {
      // A machine that stands still does not boot either.
      power.require().resume();
    }
    power.require().reset();
  }

  @Override
  protected final Optional<JsonObject> running() {
    return power.state();
  }

  @Override
  protected final Optional<NodeStatus> doAdopt(JsonObject state) {
    return power.adopt(takeOver(state));
  }

  @Override
  protected final void doRelease() {
    power.release();
    giveBack(true);
  }

  @Override
  protected final void doClose() {
    giveBack(false);
  }

  private void giveBack(boolean released) {
    adapters.unplugAll();
    console.port().release();
    console.log().close();
    leave(released);
  }

  @Override
  protected final void doUpdate(JsonObject request) {
    ConsolePort port = console.port();
    if (isOn()) {
      port.requireSameType(request, name());
    }
    adapters.requireResizable(request.getInt("adapters", settings.adapters()));
    VmSettings wanted = changed(settings, request);
    port.update(request);
    if (request.containsKey("name")) {
      rename(request.getString("name"));
    }
    adapters.resize(wanted.adapters());
    settings = wanted;
  }

  @Override
  protected final void doAttach(PortAddress port, Nio nio) {
    LinkPort link = adapters.port(port);
    requireUsable(port.adapter());
    link.plug(nio);
    try {
      power.rewire(port.adapter());
    } catch (LabException refused) {
      link.unplug();
      throw refused;
    }
  }

  @Override
  protected final void doChange(PortAddress port, Nio nio) {
    linkPort(port).change(nio);
    attemptToRewire(port.adapter());
  }

  @Override
  protected final void doDetach(PortAddress port) {
    linkPort(port).unplug();
    attemptToRewire(port.adapter());
  }

  /** That the guest is not told of its cable is no reason to refuse what was done. */
  private void attemptToRewire(int number) {
    try {
      power.rewire(number);
    } catch (LabException refused) {
      warn(name() + ": " + refused.getMessage());
    }
  }

  @Override
  protected final LinkPort linkPort(PortAddress port) {
    return adapters.plugged(port);
  }

  @Override
  protected final PortAddress plainPort(PortAddress port) {
    return new PortAddress(port.adapter(), 0);
  }

  @Override
  protected void describe(JsonObjectBuilder node) {
    console.port().describe(node);
    settings.describe(node);
  }

  @Override
  protected final void describePrivately(JsonObjectBuilder node) {
    settings.describePrivately(node);
  }

  /** The machine's files are its manager's. */
  @Override
  public final void copyFilesTo(EmulatedNode destination) {}

  @Override
  public final ConsoleSession join(ConsoleViewer viewer) {
    return console.line().join(name(), viewer);
  }

  @Override
  public final InputStream readConsoleLog() throws IOException {
    return console.log().read();
  }

  @Override
  public final void requireConsole() {
    console.line().requireOpen(name());
  }

  @Override
  public final void resetConsole() {
    exclusively(console.line()::reset);
  }
}
