package io.patchbay.emulators.traceng;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.Patch;
import io.patchbay.runtime.ManagedNode;
import io.patchbay.runtime.NodeFiles;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.link.LinkPort;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.NodeStatus;
import io.patchbay.spi.PortAddress;
import io.patchbay.spi.Tracer;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A node that traces the way to a host, once for each start. Its one port is 0. */
final class TraceNgNode extends ManagedNode implements Tracer {
  private final TraceNgConnector connector;
  private final Path directory;
  private final LinkPort link;
  private TraceSettings settings;
  private Optional<TraceConnection> running = Optional.empty();
  private String told = "";
  private String commandLine = "";

  TraceNgNode(
      TraceNgConnector connector, ResourceAdapter adapter, NodeSite site, TraceSettings settings) {
    super(adapter, NodeKinds.TRACENG, site);
    this.connector = connector;
    this.settings = settings;
    directory = site.directory(kind());
    link = new LinkPort(adapter, site);
  }

  @Override
  public void traceTo(String destination) {
    exclusively(() -> told = destination);
  }

  @Override
  protected void doStart() {
    String program = connector.program();
    String destination = settings.requireDestination(told);
    link.live();
    try {
      Files.createDirectories(directory);
      TraceConnection connection =
          TraceConnection.launch(adapter, program, directory, settings.ipAddress(), destination);
      serve(connection);
    } catch (IOException e) {
      link.idle();
      throw LabException.conflict("The node's directory cannot be made: " + e.getMessage());
    } catch (LabException failed) {
      link.idle();
      throw failed;
    }
  }

  private void serve(TraceConnection connection) {
    running = Optional.of(connection);
    commandLine = connection.commandLine();
    join();
    connection.onExit(() -> exited(connection));
  }

  private void join() {
    running.ifPresent(connection -> link.end().ifPresent(end -> Patch.join(connection.end(), end)));
  }

  /** A trace has come to its end. */
  private void exited(TraceConnection ended) {
    later(
        () -> {
          if (running.filter(ended::equals).isPresent()) {
            String lastWords = ended.lastWords();
            doStop();
            become(NodeStatus.STOPPED);
            if (!lastWords.isEmpty()) {
              warn(name() + ": TraceNG has ended: " + lastWords);
            }
          }
        });
  }

  @Override
  protected void doStop() {
    Optional<TraceConnection> ending = running;
    running = Optional.empty();
    link.idle();
    link.end().ifPresent(end -> end.receiver(FrameReceiver.DROP));
    ending.ifPresent(TraceConnection::close);
  }

  @Override
  protected Optional<JsonObject> running() {
    return running.flatMap(TraceConnection::state);
  }

  @Override
  protected Optional<NodeStatus> doAdopt(JsonObject state) {
    Optional<TraceConnection> found = TraceConnection.adopt(adapter, directory, state);
    found.ifPresent(
        connection -> {
          try {
            link.live();
            serve(connection);
          } catch (LabException refused) {
            // Without its filters it is not the one that was left.
            connection.close();
            throw refused;
          }
        });
    return found.map(connection -> NodeStatus.STARTED);
  }

  @Override
  protected void doRelease() {
    running.ifPresent(TraceConnection::release);
    link.unplug();
  }

  @Override
  protected void doClose() {
    link.unplug();
  }

  @Override
  protected void doUpdate(JsonObject request) {
    settings = settings.with(request);
    if (request.containsKey("name") && !request.isNull("name")) {
      rename(request.getString("name"));
    }
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
      throw LabException.conflict("Port " + port.port() + " does not exist, only port 0");
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

  @Override
  protected PortAddress plainPort(PortAddress port) {
    return new PortAddress(0, port.port());
  }

  @Override
  protected void describe(JsonObjectBuilder node) {
    node.addNull("console")
        .add("console_type", "none")
        .add("node_directory", directory.toString())
        .add("command_line", commandLine);
    settings.describe(node);
  }

  @Override
  public void copyFilesTo(EmulatedNode destination) {
    NodeFiles.copy(directory, NodeFiles.sameKind(TraceNgNode.class, destination).directory);
  }
}
