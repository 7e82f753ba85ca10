package io.patchbay.emulators.qemu;

import io.patchbay.emulators.qemu.machine.QemuSettings;
import io.patchbay.emulators.qemu.machine.QemuSettings.OnClose;
import io.patchbay.emulators.vm.AdapterPorts;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.ManagedNode;
import io.patchbay.runtime.NodeFiles;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.link.LinkPort;
import io.patchbay.spi.ConsoleLogged;
import io.patchbay.spi.ConsoleSource;
import io.patchbay.spi.ConsoleViewer;
import io.patchbay.spi.DiskOwner;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.NodeStatus;
import io.patchbay.spi.PortAddress;
import io.patchbay.spi.Suspendable;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A machine of QEMU's. Each adapter has one port; the port's number is not looked at. */
final class QemuNode extends ManagedNode
    implements ConsoleSource, ConsoleLogged, Suspendable, DiskOwner {
  private final QemuConnector connector;
  private final Path directory;
  private final QemuSockets sockets;
  private final AdapterPorts adapters;
  private final MachineConsole console;
  private final Machine machine;
  private final int guestCid;
  // Others look at the images that it uses, and wait for nobody.
  private volatile QemuProfile profile;
  private Optional<QemuProfile> launched = Optional.empty();

  QemuNode(
      QemuConnector connector,
      ResourceAdapter adapter,
      NodeSite site,
      QemuProfile profile,
      ConsolePort port,
      ConsolePort auxiliary,
      int guestCid) {
    super(adapter, NodeKinds.QEMU, site);
    this.connector = connector;
    this.profile = profile;
    this.guestCid = guestCid;
    sockets = QemuSockets.of(adapter.config().runDirectory(), site.nodeId());
    directory = site.directory(kind());
    adapters = new AdapterPorts(adapter, site, "QEMU VM", profile.settings().adapters());
    console =
        new MachineConsole(
            adapter.config().consoleAddress(),
            port,
            auxiliary,
            adapter.consoleLogs().of(directory));
    machine = new Machine(new Voice(), adapters, console);
  }

  private final class Voice implements Machine.Owner {
    @Override
    public void later(Runnable work) {
      QemuNode.this.later(work);
    }

    @Override
    public void became(NodeStatus status) {
      if (status == NodeStatus.STOPPED) {
        keepConfiguration();
      }
      become(status);
    }

    @Override
    public void warn(String message) {
      QemuNode.this.warn(name() + ": " + message);
    }
  }

  QemuProfile profile() {
    return profile;
  }

  private QemuSettings settings() {
    return profile.settings();
  }

  @Override
  protected void doStart() {
    machine.start(
        connector.launcher(),
        new MachinePlan(
            site,
            name(),
            directory,
            profile.program(),
            settings(),
            console.wanted(sockets),
            console.wantedAuxiliary(sockets),
            sockets,
            connector.options(settings(), site, name(), console.port(), guestCid)));
    launched = Optional.of(profile);
  }

  @Override
  protected boolean doSuspend() {
    // The state that it is in is told before it changes, as other computes do.
    tellUpdated();
    machine.suspend();
    return true;
  }

  @Override
  protected void doResume() {
    machine.resume();
  }

  /** A reset does nothing to a machine that is off, unless it would be another one by now. */
  @Override
  protected boolean startsByReload() {
    return launched.filter(ran -> !ran.sameMachine(profile)).isPresent();
  }

  @Override
  protected void doReload() {
    if (machine.isOn() && launched.filter(profile::sameMachine).isPresent()) {
      machine.reset();
    } else {
      super.doReload();
    }
  }

  @Override
  protected void windDown() {
    if (settings().onClose() == OnClose.SHUTDOWN_SIGNAL) {
      machine.askToShutDown(connector.shutdownPatience());
    }
  }

  @Override
  protected void doStop() {
    machine.stop(settings().onClose());
    keepConfiguration();
  }

  /** What the guest has written to its configuration disk; clients read it as an archive. */
  private void keepConfiguration() {
    if (launched.filter(ran -> ran.settings().flag("create_config_disk")).isEmpty()) {
      return;
    }
    try {
      new ConfigFiles(directory).save();
    } catch (IOException | LabException e) {
      warn(name() + ": The configuration is not read from its disk: " + e.getMessage());
    }
  }

  @Override
  protected Optional<JsonObject> running() {
    return machine.state();
  }

  @Override
  protected Optional<NodeStatus> doAdopt(JsonObject state) {
    launched = Optional.of(profile);
    return machine.adopt(
        events -> QemuConnection.adopt(adapter, directory, sockets, state, events));
  }

  @Override
  protected void doRelease() {
    machine.release();
    giveBack();
  }

  @Override
  protected void doClose() {
    giveBack();
    // As other computes do, which tell so once more before they tell of the end.
    tellUpdated();
  }

  private void giveBack() {
    adapters.unplugAll();
    console.release();
    connector.forget(this, guestCid);
  }

  @Override
  protected void doUpdate(JsonObject body) {
    QemuProfile wanted = connector.changed(this, site, body);
    if (machine.isOn()) {
      console.requireUnchanged(body, name());
    }
    adapters.requireResizable(wanted.settings().adapters());
    console.change(body);
    if (body.containsKey("name") && !body.isNull("name")) {
      rename(body.getString("name"));
    }
    adapters.resize(wanted.settings().adapters());
    int throttling = wanted.settings().number("cpu_throttling");
    boolean throttled = throttling != settings().number("cpu_throttling");
    profile = wanted;
    if (throttled) {
      machine.throttle(throttling);
    }
  }

  @Override
  protected void doAttach(PortAddress port, Nio nio) {
    LinkPort link = adapters.port(port);
    machine.requireAdapter(port.adapter());
    link.plug(nio);
    machine.rewire(port.adapter(), settings().replicatesLinks());
  }

  @Override
  protected void doChange(PortAddress port, Nio nio) {
    linkPort(port).change(nio);
    machine.rewire(port.adapter(), settings().replicatesLinks());
  }

  @Override
  protected void doDetach(PortAddress port) {
    linkPort(port).unplug();
    machine.rewire(port.adapter(), settings().replicatesLinks());
  }

  @Override
  protected LinkPort linkPort(PortAddress port) {
    return adapters.plugged(port);
  }

  @Override
  protected PortAddress plainPort(PortAddress port) {
    return new PortAddress(port.adapter(), 0);
  }

  @Override
  protected void describe(JsonObjectBuilder node) {
    console.describe(node);
    node.add("node_directory", directory.toString()).add("command_line", machine.commandLine());
    profile.describe(node);
  }

  @Override
  protected void describePrivately(JsonObjectBuilder node) {
    profile.describePrivately(node);
  }

  @Override
  public void extendDisk(String drive, int mebibytes) {
    exclusively(
        () -> {
          if (machine.isOn()) {
            throw LabException.conflict("Disk " + drive + " cannot be resized while it is in use");
          }
          new QemuDisks(profile, directory).extend(drive, mebibytes);
        });
  }

  @Override
  public void copyFilesTo(EmulatedNode destination) {
    NodeFiles.copy(directory, NodeFiles.sameKind(QemuNode.class, destination).directory);
  }

  @Override
  public ConsoleSession join(ConsoleViewer viewer) {
    return console.join(name(), viewer);
  }

  @Override
  public InputStream readConsoleLog() throws IOException {
    return console.log().read();
  }

  @Override
  public void requireConsole() {
    console.requireOpen(name());
  }

  @Override
  public void resetConsole() {
    exclusively(console::reset);
  }
}
