package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.device.CardPorts;
import io.patchbay.emulators.dynamips.hardware.Equipment;
import io.patchbay.emulators.ios.NvramWatch;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.link.Patch;
import io.patchbay.runtime.ManagedNode;
import io.patchbay.runtime.NodeFiles;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.link.LinkPort;
import io.patchbay.spi.ConsoleLogged;
import io.patchbay.spi.ConsoleSource;
import io.patchbay.spi.ConsoleViewer;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.IdlePcSource;
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
import java.util.List;
import java.util.Optional;

/** A Cisco router that Dynamips emulates. */
final class RouterNode extends ManagedNode
    implements ConsoleSource, ConsoleLogged, Suspendable, IdlePcSource {
  private final DynamipsConnector connector;
  private final RouterFiles files;
  private final CardPorts ports;
  private final RouterLines lines;
  private volatile RouterProfile profile;
  private volatile Optional<RouterConnection> running = Optional.empty();
  private Optional<NvramWatch> watch = Optional.empty();

  RouterNode(
      DynamipsConnector connector,
      ResourceAdapter adapter,
      NodeSite site,
      RouterProfile profile,
      RouterFiles files,
      RouterLines lines) {
    super(adapter, NodeKinds.DYNAMIPS, site);
    this.connector = connector;
    this.profile = profile;
    this.files = files;
    ports = new CardPorts(adapter, site, profile.equipment().ports());
    this.lines = lines;
  }

  @Override
  protected void doStart() {
    ports.live();
    warnOfMemory(profile.settings().number("ram"));
    try {
      RouterConnection connection = connector.launch(profile, name(), files, ports.pluggedPorts());
      try {
        serve(connection);
      } catch (LabException refused) {
        off(connection);
        throw refused;
      }
    } catch (LabException failed) {
      ports.idle();
      throw failed;
    }
  }

  private void serve(RouterConnection connection) {
    lines.open(connection);
    running = Optional.of(connection);
    watch = Optional.of(connector.watch(files, profile, this::nvramChanged));
    for (PortAddress port : ports.pluggedPorts()) {
      join(port, connection.plug(port));
    }
    connection.onExit(() -> exited(connection));
  }

  private void join(PortAddress port, LinkEnd inside) {
    ports.port(port).end().ifPresent(end -> Patch.join(inside, end));
  }

  /** The router has saved its configuration. */
  private void nvramChanged() {
    later(
        () -> {
          if (running.isPresent()) {
            files.save(profile.platform());
            tellUpdated();
          }
        });
  }

  /** The hypervisor has ended by itself. */
  private void exited(RouterConnection ended) {
    later(
        () -> {
          if (running.filter(ended::equals).isPresent()) {
            off(ended);
            become(NodeStatus.STOPPED);
            warn("Dynamips of " + name() + " has ended: " + ended.lastWords());
          }
        });
  }

  private void off(RouterConnection connection) {
    stopServing();
    ports.idle();
    connection.close();
    files.takeIn(files.directory().getParent(), profile.platform());
    files.save(profile.platform());
  }

  private void stopServing() {
    watch.ifPresent(NvramWatch::close);
    watch = Optional.empty();
    running = Optional.empty();
    lines.close();
  }

  @Override
  protected void doStop() {
    running.ifPresent(this::off);
  }

  @Override
  protected boolean doSuspend() {
    require().suspend();
    return true;
  }

  @Override
  protected void doResume() {
    require().resume();
  }

  private RouterConnection require() {
    return running.orElseThrow(() -> LabException.conflict("Node " + name() + " is not started"));
  }

  @Override
  protected Optional<JsonObject> running() {
    return running.flatMap(RouterConnection::state);
  }

  @Override
  protected Optional<NodeStatus> doAdopt(JsonObject state) {
    try {
      return connector.adopt(profile, files, state).map(this::takeUp);
    } finally {
      // What the router saved while nobody watched.
      files.save(profile.platform());
    }
  }

  private NodeStatus takeUp(RouterConnection connection) {
    try {
      ports.live();
      serve(connection);
      return connection.isSuspended() ? NodeStatus.SUSPENDED : NodeStatus.STARTED;
    } catch (LabException refused) {
      // A router without its filters or its console is not the one that was left.
      off(connection);
      throw refused;
    }
  }

  @Override
  protected void doRelease() {
    Optional<RouterConnection> left = running;
    stopServing();
    left.ifPresent(RouterConnection::release);
    giveBack();
  }

  @Override
  protected void doClose() {
    giveBack();
    if (profile.settings().flag("auto_delete_disks")) {
      files.deleteMemories();
    }
  }

  private void giveBack() {
    ports.unplugAll();
    lines.release();
    connector.forget(site, files.id());
  }

  @Override
  protected void doUpdate(JsonObject body) {
    RouterProfile wanted = connector.changed(site, profile, body);
    ports.requireFits(wanted.equipment().ports());
    List<Equipment.Move> moves = List.of();
    if (running.isPresent()) {
      lines.console().port().requireSameType(body, name());
      profile.requireSameBase(wanted);
      moves = profile.equipment().movesWhileRunning(wanted.equipment());
    }
    change(wanted, moves);
    lines.update(body);
    Optional.ofNullable(body.getString("name", null)).ifPresent(this::changeName);
  }

  private void change(RouterProfile wanted, List<Equipment.Move> moves) {
    running.ifPresent(
        connection -> {
          connection.move(moves);
          RouterBuilder.retune(connection.instance(), profile.settings(), wanted.settings());
        });
    ports.fit(wanted.equipment().ports());
    profile = wanted;
  }

  private void changeName(String name) {
    files.rename(name(), name);
    rename(name);
  }

  @Override
  protected void doAttach(PortAddress port, Nio nio) {
    LinkPort link = ports.port(port);
    boolean fresh = !link.isPlugged();
    Optional<LinkEnd> inside = running.map(connection -> connection.plug(port));
    try {
      link.plug(nio);
    } catch (LabException refused) {
      if (fresh) {
        running.ifPresent(connection -> connection.unplug(port));
      }
      throw refused;
    }
    inside.ifPresent(end -> join(port, end));
  }

  @Override
  protected void doChange(PortAddress port, Nio nio) {
    linkPort(port).change(nio);
  }

  @Override
  protected void doDetach(PortAddress port) {
    LinkPort link = linkPort(port);
    running.ifPresent(connection -> connection.unplug(port));
    link.unplug();
  }

  @Override
  protected LinkPort linkPort(PortAddress port) {
    return ports.plugged(port);
  }

  @Override
  protected void describe(JsonObjectBuilder node) {
    node.add("node_directory", files.directory().toString()).add("dynamips_id", files.id());
    lines.describe(node);
    profile.describe(node);
    connector
        .sum(profile)
        .ifPresentOrElse(sum -> node.add("image_md5sum", sum), () -> node.addNull("image_md5sum"));
  }

  @Override
  public List<String> idlePcProposals() {
    return new IdlePcSearch(this).proposals(connector.bootPatience());
  }

  @Override
  public String findIdlePc() {
    return new IdlePcSearch(this).best(connector.bootPatience());
  }

  /** The router itself, for measurements; they wait for nobody and nobody waits for them. */
  RouterConnection connection() {
    return require();
  }

  @Override
  public void copyFilesTo(EmulatedNode destination) {
    RouterNode copy = NodeFiles.sameKind(RouterNode.class, destination);
    if (running.isPresent()) {
      files.save(profile.platform());
    }
    files.copyTo(copy.files);
    copy.files.rename(name(), copy.name());
  }

  @Override
  public ConsoleSession join(ConsoleViewer viewer) {
    return lines.console().join(name(), viewer);
  }

  @Override
  public InputStream readConsoleLog() throws IOException {
    return lines.log().read();
  }

  @Override
  public void requireConsole() {
    lines.console().requireOpen(name());
  }

  @Override
  public void resetConsole() {
    exclusively(lines::reset);
  }
}
