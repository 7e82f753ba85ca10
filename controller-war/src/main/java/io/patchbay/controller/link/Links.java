package io.patchbay.controller.link;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.TunnelHosts;
import io.patchbay.controller.journal.Part;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectSaver;
import io.patchbay.controller.project.Tasks;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.PortAddress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What users do with links. */
@Singleton
public class Links {
  /** What a suspended link's filtering end gets in place of its filters: drop everything. */
  private static final JsonObject DROP_ALL =
      Json.createObjectBuilder().add("frequency_drop", Json.createArrayBuilder().add(-1)).build();

  private final ProjectSaver saver;

  @Inject
  public Links(ProjectSaver saver) {
    this.saver = saver;
  }

  /** Connects two ports. A link with fewer ends is kept but not made, as clients expect. */
  Link create(Project project, JsonObject body) {
    String linkId =
        body.get("link_id") instanceof JsonString given
            ? given.getString()
            : UUID.randomUUID().toString();
    Optional<Link> known = project.findLink(linkId);
    if (known.isPresent()) {
      return known.get();
    }
    Link link = new Link(project.id(), LinkForm.create(body, linkId));
    saver.admit(project, body);
    // Whoever finds the link meanwhile waits until it is made and told.
    link.lock().lock();
    try {
      project.exclusively(
          () -> {
            check(project.requireOpen(), link);
            project.add(link);
            return null;
          });
      try {
        build(project, link);
      } catch (RuntimeException refused) {
        project.remove(link);
        throw refused;
      }
      project.feed().publish("link.created", link.describe());
    } finally {
      link.lock().unlock();
    }
    saver.changed(project, Part.LINKS, link.id());
    return link;
  }

  private static void check(Project project, Link link) {
    Set<String> seen = new HashSet<>();
    Set<String> types = new HashSet<>();
    boolean onHost = false;
    for (JsonObject end : link.ends()) {
      Node node = project.node(end.getString("node_id"));
      PortAddress port = Link.port(end);
      if (node.isLeaving()) {
        throw LabException.notFound("Node ID " + node.id() + " doesn't exist");
      }
      types.add(
          node.linkType(port)
              .orElseThrow(
                  () ->
                      LabException.notFound(
                          "Port " + port + " for " + node.name() + " not found")));
      if (project.linksOf(node.id()).stream().anyMatch(other -> other.uses(node.id(), port))) {
        throw LabException.conflict("Port is already used");
      }
      if (!seen.add(node.id())) {
        throw LabException.conflict("Cannot connect to itself");
      }
      if (node.has(Trait.HOST_NETWORK)) {
        if (onHost) {
          throw LabException.conflict("Two nodes of the host's network cannot be connected");
        }
        onHost = true;
      }
      if (types.size() > 1) {
        throw LabException.conflict("A serial port cannot be connected to an Ethernet port");
      }
    }
  }

  /** Lets the computes of both ends make the link; if one refuses nothing is left. */
  public void build(Project project, Link link) {
    if (link.ends().size() != 2) {
      return;
    }
    link.lock().lock();
    try {
      requireThere(project, link);
      Node near = project.node(link.ends().getFirst().getString("node_id"));
      Node far = project.node(link.ends().getLast().getString("node_id"));
      near.linkType(Link.port(link.ends().getFirst())).ifPresent(link::linkType);
      Map<Node, Integer> ports = new ConcurrentHashMap<>();
      Tasks.forEach(List.of(near, far), node -> ports.put(node, reserve(project, node.compute())));
      int nearPort = ports.get(near);
      int farPort = ports.get(far);
      TunnelHosts hosts = TunnelHosts.between(near.compute(), far.compute());
      List<Link.Wire> wires =
          List.of(
              wire(near, link.ends().getFirst(), nearPort, hosts.far(), farPort),
              wire(far, link.ends().getLast(), farPort, hosts.near(), nearPort));
      Set<Link.Wire> made = ConcurrentHashMap.newKeySet();
      try {
        Tasks.forEach(
            wires,
            wire -> {
              plug(project, link, wire);
              made.add(wire);
            });
      } catch (RuntimeException refused) {
        made.forEach(wire -> unplug(project, wire));
        throw refused;
      }
      link.wires(wires);
    } finally {
      link.lock().unlock();
    }
  }

  /**
   * Makes a link that its computes never made or have forgotten; one that they still have stays as
   * it is, and one that a node with a problem is at waits for that node.
   *
   * @param forgetful computes that have nothing any more of what they once made
   */
  public void takeUp(Project project, Link link, Set<Compute> forgetful) {
    link.lock().lock();
    try {
      List<Node> nodes = link.nodeIds().stream().map(project::node).toList();
      if (nodes.stream().anyMatch(node -> forgetful.contains(node.compute()))) {
        link.wires(List.of());
        link.captureEnded();
      }
      if (!link.wires().isEmpty() || nodes.stream().anyMatch(node -> node.problem().isPresent())) {
        return;
      }
      // An end may still be plugged in where it is remembered, into a port that leads nowhere.
      for (JsonObject end : link.ends()) {
        Node node = project.node(end.getString("node_id"));
        if (!forgetful.contains(node.compute())) {
          node.compute().eventually("DELETE", nioPath(node, end), JsonValue.EMPTY_JSON_OBJECT);
        }
      }
      build(project, link);
    } finally {
      link.lock().unlock();
    }
  }

  private static String nioPath(Node node, JsonObject end) {
    PortAddress port = Link.port(end);
    return node.path() + "/adapters/" + port.adapter() + "/ports/" + port.port() + "/nio";
  }

  /**
   * For whoever holds the link's lock.
   *
   * @throws LabException (NOT_FOUND) if somebody deleted it before
   */
  static void requireThere(Project project, Link link) {
    if (project.findLink(link.id()).filter(link::equals).isEmpty()) {
      throw LabException.notFound("Link ID " + link.id() + " doesn't exist");
    }
  }

  private static int reserve(Project project, Compute compute) {
    return compute
        .client()
        .post("/projects/" + project.id() + "/ports/udp", JsonValue.EMPTY_JSON_OBJECT)
        .getInt("udp_port");
  }

  private static Link.Wire wire(
      Node node, JsonObject end, int localPort, String remoteHost, int remotePort) {
    return new Link.Wire(
        node.id(),
        nioPath(node, end),
        Json.createObjectBuilder()
            .add("type", "nio_udp")
            .add("lport", localPort)
            .add("rhost", remoteHost)
            .add("rport", remotePort)
            .build());
  }

  private void plug(Project project, Link link, Link.Wire wire) {
    Node node = project.node(wire.nodeId());
    node.compute().client().post(wire.path(), withSettings(project, link, link.stored(), wire));
  }

  private static void unplug(Project project, Link.Wire wire) {
    project
        .node(wire.nodeId())
        .compute()
        .eventually("DELETE", wire.path(), JsonValue.EMPTY_JSON_OBJECT);
  }

  /** The filters go to one end only, the first that can filter. */
  private static JsonObject withSettings(
      Project project, Link link, JsonObject stored, Link.Wire wire) {
    boolean suspended = stored.getBoolean("suspend", false);
    JsonObjectBuilder body = Json.createObjectBuilder(wire.body());
    JsonObject filters = suspended ? DROP_ALL : stored.getJsonObject("filters");
    boolean filtering =
        filteringNode(project, link).filter(node -> node.id().equals(wire.nodeId())).isPresent();
    return body.add("filters", filtering ? filters : JsonValue.EMPTY_JSON_OBJECT)
        .add("suspend", suspended)
        .build();
  }

  private static Optional<Node> filteringNode(Project project, Link link) {
    return link.ends().stream()
        .map(end -> project.node(end.getString("node_id")))
        .filter(node -> node.has(Trait.LINK_SETTINGS))
        .findFirst();
  }

  public void update(Project project, Link link, JsonObject body) {
    saver.admit(project, body);
    link.lock().lock();
    try {
      requireThere(project, link);
      JsonObject before = link.stored();
      JsonObject changed = LinkForm.change(before, body);
      boolean settings =
          !changed.get("filters").equals(before.get("filters"))
              || changed.getBoolean("suspend") != before.getBoolean("suspend", false);
      if (settings) {
        for (Link.Wire wire : link.wires()) {
          Node node = project.node(wire.nodeId());
          if (node.has(Trait.LINK_SETTINGS)) {
            node.compute().client().put(wire.path(), withSettings(project, link, changed, wire));
          }
        }
      }
      link.store(changed);
      if (!changed.equals(before)) {
        project.feed().publish("link.updated", link.describe());
        saver.changed(project, Part.LINKS, link.id());
      }
    } finally {
      link.lock().unlock();
    }
  }

  /**
   * Disconnects and forgets a link.
   *
   * @throws LabException (CONFLICT) if that could not be written down
   */
  void remove(Project project, Link link) {
    saver.admitRemovals(project, 1);
    delete(project, link);
  }

  /** The same for who has seen to it that it can be; harmless if somebody else deleted it. */
  public void delete(Project project, Link link) {
    link.lock().lock();
    try {
      if (!project.remove(link)) {
        return;
      }
      Tasks.forEach(link.wires(), wire -> unplug(project, wire));
      link.wires(List.of());
    } finally {
      link.lock().unlock();
    }
    project.feed().publish("link.deleted", link.describe());
    saver.removed(project, Part.LINKS, link.id());
  }

  /** The filters that a link could have: none if neither end can filter. */
  static JsonArray availableFilters(Project project, Link link) {
    return filteringNode(project, link).isPresent()
        ? FilterCatalog.ALL
        : JsonValue.EMPTY_JSON_ARRAY;
  }
}
