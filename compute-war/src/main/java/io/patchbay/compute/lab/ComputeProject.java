package io.patchbay.compute.lab;

import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.survival.NodeState;
import io.patchbay.server.event.EventFeed;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeEvent;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A project as far as this compute runs it. Thread-safe. */
public final class ComputeProject {
  private final UUID id;
  private final Optional<String> name;
  private final ProjectFiles files;
  private final ResourceAdapter adapter;
  private final EventFeed computeFeed;
  private final EventFeed feed = new EventFeed();
  private final Map<UUID, EmulatedNode> nodes = new ConcurrentHashMap<>();
  // With the numbers of their leases: a link that has gone has given its port back already.
  private final Map<Integer, Long> udpPorts = new ConcurrentHashMap<>();
  // Guards who may be added: a project that closes takes nothing new.
  private final ReentrantLock membership = new ReentrantLock();
  private volatile Optional<JsonArray> variables;
  private boolean closed;

  ComputeProject(
      UUID id,
      Optional<String> name,
      Path directory,
      Optional<JsonArray> variables,
      ResourceAdapter adapter,
      EventFeed computeFeed) {
    this.id = id;
    this.name = name;
    this.files = new ProjectFiles(directory);
    this.variables = variables;
    this.adapter = adapter;
    this.computeFeed = computeFeed;
  }

  public UUID id() {
    return id;
  }

  public ProjectFiles files() {
    return files;
  }

  /** What happens in this project alone; the compute's feed tells it too. */
  public EventFeed feed() {
    return feed;
  }

  public void variables(Optional<JsonArray> newVariables) {
    variables = newVariables;
    remember();
  }

  /** Writes the project down, so that it is there again after a kill. */
  void remember() {
    adapter
        .runStates()
        .saveProject(
            id,
            Json.createObjectBuilder(describe()).add("path", files.directory().toString()).build());
  }

  public JsonObject describe() {
    JsonObjectBuilder project = Json.createObjectBuilder();
    name.ifPresentOrElse(text -> project.add("name", text), () -> project.addNull("name"));
    return project
        .add("project_id", id.toString())
        .add("variables", variables.map(JsonValue.class::cast).orElse(JsonValue.NULL))
        .build();
  }

  /** A free UDP port, held until the link that uses it goes or the project closes. */
  public int reserveUdpPort() {
    int port = adapter.udpPorts().lease();
    udpPorts.put(port, adapter.udpPorts().leaseNumber(port));
    return port;
  }

  /**
   * What passed the ends of links that are here, by their UDP ports, since they were plugged in.
   * Costs nothing but the asking.
   */
  public Map<Integer, LinkCounters> traffic() {
    Map<Integer, LinkCounters> passed = new TreeMap<>();
    for (Integer port : udpPorts.keySet()) {
      adapter.traffic().at(port).ifPresent(counters -> passed.put(port, counters));
    }
    return passed;
  }

  /** Gives a port back that no link came to use; harmless if it has been given back. */
  void releaseUdpPort(int port) {
    Long lease = udpPorts.remove(port);
    if (lease != null) {
      adapter.udpPorts().release(port, lease);
    }
  }

  /**
   * Makes a node; if there is one with its {@code node_id}, that one stays as it is. Ids that are
   * numbers, of old, say nothing.
   */
  public EmulatedNode create(Connector connector, JsonObject settings) {
    return create(
        connector,
        settings.get("node_id") instanceof JsonString given
            ? UUID.fromString(given.getString())
            : UUID.randomUUID(),
        settings);
  }

  EmulatedNode create(Connector connector, UUID nodeId, JsonObject settings) {
    EmulatedNode known = nodes.get(nodeId);
    if (known != null) {
      return known;
    }
    EmulatedNode node = connector.emulator().create(site(nodeId, settings), settings);
    membership.lock();
    try {
      EmulatedNode other = closed ? node : nodes.putIfAbsent(nodeId, node);
      if (other == null) {
        node.remember();
        return node;
      }
      node.close();
      if (closed) {
        throw LabException.notFound("Project ID " + id + " doesn't exist");
      }
      return other;
    } finally {
      membership.unlock();
    }
  }

  /** Makes a node again as an earlier server had it; see {@link Adoption}. */
  EmulatedNode restore(Connector connector, NodeState state) {
    NodeSite site = site(state.nodeId(), state.settings());
    EmulatedNode node = connector.emulator().create(site, state.settings());
    nodes.put(node.id(), node);
    return node;
  }

  /** Plugs in a link again whose UDP port an earlier server had reserved. */
  void reattach(EmulatedNode node, PortAddress port, Nio nio) {
    if (nio instanceof Nio.Udp tunnel) {
      adapter.udpPorts().leaseExactly(tunnel.localPort());
      udpPorts.put(tunnel.localPort(), adapter.udpPorts().leaseNumber(tunnel.localPort()));
    }
    node.attach(port, nio);
  }

  private NodeSite site(UUID nodeId, JsonObject settings) {
    return new NodeSite(id, nodeId, settings.getString("name"), files.directory(), this::tell);
  }

  /**
   * @param kind the kind that it must have
   * @throws LabException if the id is not a UUID (INVALID) or there is no such node (NOT_FOUND)
   */
  public EmulatedNode node(String kind, String nodeId) {
    return find(nodeId)
        .filter(node -> node.kind().wireName().equals(kind))
        .orElseThrow(() -> LabException.notFound("Node ID " + nodeId + " doesn't exist"));
  }

  /** The node with this id, of any kind. */
  public EmulatedNode node(String nodeId) {
    return find(nodeId)
        .orElseThrow(() -> LabException.notFound("Node ID " + nodeId + " doesn't exist"));
  }

  private Optional<EmulatedNode> find(String nodeId) {
    return Optional.ofNullable(nodes.get(Ids.parse("Node", nodeId)));
  }

  /** Removes a node and its files. */
  public void delete(EmulatedNode node) {
    if (!nodes.remove(node.id(), node)) {
      throw LabException.notFound("Node ID " + node.id() + " doesn't exist");
    }
    node.close();
    files.deleteNode(node);
    tell(new NodeEvent.Deleted(id, node.describe()));
  }

  void close() {
    leave(EmulatedNode::close);
    files.clearTemporary();
    adapter.runStates().forgetProject(id);
  }

  /** Lets go of the nodes, and lets run what runs. */
  void release() {
    leave(EmulatedNode::release);
  }

  private void leave(Consumer<EmulatedNode> parting) {
    List<EmulatedNode> leaving;
    membership.lock();
    try {
      closed = true;
      leaving = new ArrayList<>(nodes.values());
      nodes.clear();
    } finally {
      membership.unlock();
    }
    leaving.parallelStream().forEach(parting);
    udpPorts.keySet().forEach(this::releaseUdpPort);
    feed.dropWatchers();
  }

  private void tell(NodeEvent event) {
    if (!computeFeed.isWatched() && !feed.isWatched()) {
      return;
    }
    switch (event) {
      case NodeEvent.Updated updated -> publish("node.updated", updated.node());
      case NodeEvent.Deleted deleted -> publish("node.deleted", deleted.node());
      case NodeEvent.CaptureTroubled capture ->
          publish(
              "capture.troubled",
              Json.createObjectBuilder()
                  .add("node_id", capture.nodeId().toString())
                  .add("adapter_number", capture.port().adapter())
                  .add("port_number", capture.port().port())
                  .build());
      case NodeEvent.Log log ->
          publish(
              "log." + log.level().name().toLowerCase(Locale.ROOT),
              Json.createObjectBuilder().add("message", log.message()).build());
    }
  }

  private void publish(String action, JsonObject event) {
    JsonObject message =
        Json.createObjectBuilder(EventFeed.message(action, event))
            .add("project_id", id.toString())
            .build();
    computeFeed.publish(message);
    feed.publish(message);
  }
}
