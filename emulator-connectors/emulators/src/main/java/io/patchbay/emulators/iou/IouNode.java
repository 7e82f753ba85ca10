package io.patchbay.emulators.iou;

import io.patchbay.emulators.device.CardPorts;
import io.patchbay.emulators.ios.NvramWatch;
import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.Patch;
import io.patchbay.runtime.ManagedNode;
import io.patchbay.runtime.NodeFiles;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.link.LinkPort;
import io.patchbay.spi.ConsoleLogged;
import io.patchbay.spi.ConsoleSource;
import io.patchbay.spi.ConsoleViewer;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Licensed;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.NodeStatus;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A router or switch of IOU. */
final class IouNode extends ManagedNode implements ConsoleSource, ConsoleLogged, Licensed {
  /** No client gives it: of a node that is made again. */
  static final String UNCHECKED = "licence_unchecked";

  private final IouConnector connector;
  private final IouFiles files;
  private final IouConsole console;
  private final CardPorts ports;
  private Path image;
  private IouSettings settings;
  private boolean checked;
  private String commandLine = "";
  private Optional<Running> running = Optional.empty();

  /**
   * @param image the one that was launched, which may be another now
   */
  private record Running(IouConnection connection, NvramWatch watch, Path image) {}

  /**
   * @param checked whether a start needs a licence, until a start says something else
   */
  IouNode(
      IouConnector connector,
      ResourceAdapter adapter,
      NodeSite site,
      Path image,
      IouSettings settings,
      IouFiles files,
      IouConsole console,
      boolean checked) {
    super(adapter, NodeKinds.IOU, site);
    this.connector = connector;
    this.image = image;
    this.settings = settings;
    this.files = files;
    this.console = console;
    this.checked = checked;
    ports = new CardPorts(adapter, site, settings.ports());
  }

  @Override
  public void license(Optional<String> text, Optional<Boolean> isChecked) {
    exclusively(
        () -> {
          text.filter(given -> !given.isEmpty()).ifPresent(connector::keepLicence);
          checked = isChecked.orElse(checked);
        });
  }

  @Override
  protected void doStart() {
    ports.live();
    warnOfMemory(settings.ram());
    try {
      IouConnection connection =
          connector.launch(site, image, settings, files, checked, console.log()::append);
      try {
        serve(connection);
      } catch (LabException refused) {
        off(connection);
        throw refused;
      }
    } catch (LabException failed) {
      ports.idle();
      files.unlink(image);
      throw failed;
    }
  }

  private void serve(IouConnection connection) {
    console.line().open(connection.console());
    running =
        Optional.of(new Running(connection, connector.watch(files, this::nvramChanged), image));
    commandLine = connection.commandLine();
    ports.pluggedPorts().forEach(this::join);
    connection.onExit(() -> exited(connection));
  }

  private void join(PortAddress port) {
    running.ifPresent(
        now ->
            ports.port(port).end().ifPresent(end -> Patch.join(now.connection().port(port), end)));
  }

  /** The router has saved its configuration. */
  private void nvramChanged() {
    later(
        () -> {
          if (running.isPresent()) {
            files.save();
            tellUpdated();
          }
        });
  }

  /** The instance has ended by itself. */
  private void exited(IouConnection ended) {
    later(
        () -> {
          if (running.filter(now -> now.connection().equals(ended)).isPresent()) {
            String said = ended.lastWords();
            off(ended);
            become(NodeStatus.STOPPED);
            warn("IOU of " + name() + " has ended: " + said);
          }
        });
  }

  private void off(IouConnection connection) {
    Path launched = running.map(Running::image).orElse(image);
    stopServing();
    ports.idle();
    connection.close();
    files.unlink(launched);
    files.save();
  }

  private void stopServing() {
    running.ifPresent(now -> now.watch().close());
    running = Optional.empty();
    console.line().close();
  }

  @Override
  protected void doStop() {
    running.ifPresent(now -> off(now.connection()));
  }

  @Override
  protected Optional<JsonObject> running() {
    return running.flatMap(now -> now.connection().state());
  }

  @Override
  protected Optional<NodeStatus> doAdopt(JsonObject state) {
    Optional<IouConnection> found = connector.adopt(files, state, console.log()::append);
    found.ifPresent(this::takeUp);
    // What the router saved while nobody watched.
    files.save();
    return found.map(connection -> NodeStatus.STARTED);
  }

  private void takeUp(IouConnection connection) {
    try {
      ports.live();
      serve(connection);
    } catch (LabException refused) {
      // A router without its filters or its console is not the one that was left.
      off(connection);
      throw refused;
    }
  }

  @Override
  protected void doRelease() {
    Optional<IouConnection> left = running.map(Running::connection);
    stopServing();
    left.ifPresent(IouConnection::release);
    doClose();
  }

  @Override
  protected void doClose() {
    ports.unplugAll();
    console.release();
    connector.forget(files.instance());
  }

  @Override
  protected void doUpdate(JsonObject body) {
    Path wanted = body.containsKey("path") ? connector.find(site, body.getString("path")) : image;
    IouSettings changed = settings.with(body);
    ports.requireFits(changed.ports());
    console.update(body, name());
    if (body.containsKey("name")) {
      files.rename(body.getString("name"));
      rename(body.getString("name"));
    }
    ports.fit(changed.ports());
    settings = changed.usual() ? connector.sized(changed, body, wanted, site) : changed;
    image = wanted;
  }

  @Override
  protected void doAttach(PortAddress port, Nio nio) {
    ports.port(port).plug(nio);
    join(port);
  }

  @Override
  protected void doChange(PortAddress port, Nio nio) {
    linkPort(port).change(nio);
  }

  @Override
  protected void doDetach(PortAddress port) {
    LinkPort link = linkPort(port);
    running
        .map(now -> now.connection().port(port))
        .ifPresent(end -> end.receiver(FrameReceiver.DROP));
    link.unplug();
  }

  @Override
  protected LinkPort linkPort(PortAddress port) {
    return ports.plugged(port);
  }

  @Override
  protected void describe(JsonObjectBuilder node) {
    node.add("node_directory", files.directory().toString())
        .add("path", connector.shortName(site, image))
        .add("application_id", files.instance())
        .add("command_line", commandLine);
    console.describe(node);
    settings.describe(node);
    connector
        .sum(image)
        .ifPresentOrElse(sum -> node.add("md5sum", sum), () -> node.addNull("md5sum"));
  }

  @Override
  protected void describePrivately(JsonObjectBuilder described) {
    described.add(UNCHECKED, !checked);
  }

  @Override
  public void copyFilesTo(EmulatedNode destination) {
    IouNode copy = NodeFiles.sameKind(IouNode.class, destination);
    files.copyTo(copy.files);
    copy.files.rename(copy.name());
  }

  @Override
  public ConsoleSession join(ConsoleViewer viewer) {
    return console.line().join(name(), viewer);
  }

  @Override
  public InputStream readConsoleLog() throws IOException {
    return console.log().read();
  }

  @Override
  public void requireConsole() {
    console.line().requireOpen(name());
  }

  @Override
  public void resetConsole() {
    exclusively(console.line()::reset);
  }
}
