package io.patchbay.emulators.vpcs;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.Patch;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.ManagedNode;
import io.patchbay.runtime.NodeFiles;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.console.TelnetServer;
import io.patchbay.runtime.link.LinkPort;
import io.patchbay.runtime.log.ConsoleLog;
import io.patchbay.spi.ConsoleLogged;
import io.patchbay.spi.ConsoleSource;
import io.patchbay.spi.ConsoleViewer;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.NodeStatus;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A virtual PC. Its one port is 0; the adapter number is not looked at. */
final class VpcsNode extends ManagedNode implements ConsoleSource, ConsoleLogged {
  static final String STARTUP_FILE = "startup.vpc";

  private final VpcsConnector connector;
  private final Path directory;
  private final ConsolePort consolePort;
  private final ConsoleLog consoleLog;
  private final int macOffset;
  private final LinkPort link;
  private Optional<TelnetServer> consoleServer = Optional.empty();
  private volatile Optional<RunningPc> running = Optional.empty();
  private String commandLine = "";

  VpcsNode(VpcsConnector connector, ResourceAdapter adapter, NodeSite site, VpcsSettings settings) {
    super(adapter, NodeKinds.VPCS, site);
    this.connector = connector;
    directory = site.directory(kind());
    consoleLog = adapter.consoleLogs().of(directory);
    link = new LinkPort(adapter, site);
    settings
        .startupScript()
        .ifPresent(script -> StartupScript.write(directory.resolve(STARTUP_FILE), script, name()));
    macOffset =
        settings.macOffset().isPresent()
            ? connector.leaseMacOffset(settings.macOffset().getAsInt())
            : connector.leaseMacOffset();
    try {
      consolePort =
          new ConsolePort(
              adapter.consolePorts(),
              settings.consoleType().orElse("telnet"),
              settings.console(),
              false);
    } catch (LabException noPort) {
      connector.releaseMacOffset(macOffset);
      throw noPort;
    }
  }

  @Override
  protected void doStart() {
    link.live();
    try {
      run();
    } catch (LabException failed) {
      link.idle();
      throw failed;
    }
  }

  private void run() {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw LabException.conflict("The node's directory cannot be made: " + e.getMessage());
    }
    RunningPc connection = connector.launch(directory, macOffset);
    try {
      serve(connection);
    } catch (LabException portTaken) {
      connection.close();
      throw portTaken;
    }
  }

  private void serve(RunningPc connection) {
    listen(connection);
    running = Optional.of(connection);
    commandLine = connection.commandLine();
    connection.recordTo(consoleLog::append);
    join();
    connection.onExit(() -> exited(connection));
    connection.onChange(this::changed);
    connection.begin();
  }

  /** What was typed at the PC is written down; the state of the node does not change. */
  private void changed() {
    try {
      exclusively(() -> {});
    } catch (LabException nodeGone) {
      // Deleted meanwhile: there is nothing to write down.
    }
  }

  @Override
  protected Optional<JsonObject> running() {
    return running.flatMap(RunningPc::state);
  }

  @Override
  protected Optional<NodeStatus> doAdopt(JsonObject state) {
    Optional<RunningPc> found = connector.adopt(directory, macOffset, state);
    found.ifPresent(this::takeUp);
    return found.map(connection -> NodeStatus.STARTED);
  }

  private void takeUp(RunningPc connection) {
    try {
      link.live();
      serve(connection);
    } catch (LabException refused) {
      // A virtual PC without its filters or its console is not the one that was left.
      link.idle();
      connection.close();
      throw refused;
    }
  }

  @Override
  protected void describePrivately(JsonObjectBuilder settings) {
    settings.add(VpcsSettings.MAC_OFFSET, macOffset);
  }

  @Override
  protected void doRelease() {
    running.ifPresent(RunningPc::release);
    consoleServer.ifPresent(TelnetServer::close);
    doClose();
  }

  @Override
  protected PortAddress plainPort(PortAddress port) {
    return new PortAddress(0, port.port());
  }

  private void listen(RunningPc connection) {
    consoleServer =
        consolePort.listening().isEmpty()
            ? Optional.empty()
            : Optional.of(
                TelnetServer.listen(
                    new InetSocketAddress(
                        adapter.config().consoleAddress(), consolePort.listening().getAsInt()),
                    connection::join));
  }

  /** The process ended by itself, by "quit" on its console or by a crash. */
  private void exited(RunningPc ended) {
    later(
        () -> {
          if (running.filter(ended::equals).isPresent()) {
            doStop();
            become(NodeStatus.STOPPED);
          }
        });
  }

  @Override
  protected void doStop() {
    Optional<RunningPc> ending = running;
    running = Optional.empty();
    consoleServer.ifPresent(TelnetServer::close);
    consoleServer = Optional.empty();
    link.idle();
    link.end().ifPresent(end -> end.receiver(FrameReceiver.DROP));
    ending.ifPresent(RunningPc::close);
  }

  @Override
  protected void doUpdate(JsonObject body) {
    VpcsSettings settings = VpcsSettings.of(body);
    if (status() == NodeStatus.STARTED) {
      consolePort.requireSameType(body, name());
    }
    settings
        .name()
        .ifPresent(
            name -> {
              StartupScript.rename(directory.resolve(STARTUP_FILE), name);
              rename(name);
            });
    consolePort.update(body);
  }

  @Override
  protected void doAttach(PortAddress port, Nio nio) {
    requirePort(port);
    link.plug(nio);
    join();
  }

  @Override
  protected void doChange(PortAddress port, Nio nio) {
    linkPort(port).change(nio);
  }

  @Override
  protected void doDetach(PortAddress port) {
    linkPort(port).unplug();
  }

  private static void requirePort(PortAddress port) {
    if (port.port() != 0) {
      throw LabException.conflict(
          "Port " + port.port() + " doesn't exist on adapter Ethernet adapter");
    }
  }

  @Override
  protected LinkPort linkPort(PortAddress port) {
    requirePort(port);
    if (!link.isPlugged()) {
      throw LabException.conflict("Port " + port.port() + " is not connected");
    }
    return link;
  }

  private void join() {
    running.ifPresent(
        connection -> link.end().ifPresent(end -> Patch.join(connection.link(), end)));
  }

  @Override
  protected void doClose() {
    link.unplug();
    consoleLog.close();
    consolePort.release();
    connector.releaseMacOffset(macOffset);
  }

  @Override
  protected void describe(JsonObjectBuilder node) {
    consolePort.describe(node);
    node.add("node_directory", directory.toString()).add("command_line", commandLine);
  }

  @Override
  public void copyFilesTo(EmulatedNode destination) {
    VpcsNode copy = NodeFiles.sameKind(VpcsNode.class, destination);
    NodeFiles.copy(directory, copy.directory);
    StartupScript.rename(copy.directory.resolve(STARTUP_FILE), copy.name());
  }

  @Override
  public ConsoleSession join(ConsoleViewer viewer) {
    return connection().join(viewer);
  }

  @Override
  public InputStream readConsoleLog() throws IOException {
    return consoleLog.read();
  }

  @Override
  public void requireConsole() {
    connection();
  }

  private RunningPc connection() {
    return running.orElseThrow(
        () -> LabException.conflict("Node " + site.name() + " is not started"));
  }

  @Override
  public void resetConsole() {
    exclusively(
        () ->
            running.ifPresent(
                connection -> {
                  consoleServer.ifPresent(TelnetServer::dropClients);
                  connection.dropViewers();
                }));
  }
}
