package io.patchbay.controller.link;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.ComputeBatch;
import io.patchbay.controller.compute.TunnelHosts;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Project;
import io.patchbay.server.task.Tasks;
import io.patchbay.spi.Json;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;

/** How the links of a project are made on its computes. For whoever holds the links' locks. */
final class LinkWiring implements ComputeBatch.Work<Link> {
  /** What a suspended link's filtering end gets in place of its filters: drop everything. */
  private static final JsonObject DROP_ALL =
      Json.createObjectBuilder().add("frequency_drop", Json.createArrayBuilder().add(-1)).build();

  private final Project project;

  LinkWiring(Project project) {
    this.project = project;
  }

  /** Lets the computes of both ends make a link; if one refuses nothing is left. */
  void make(Link link) {
    if (makeAll(List.of(link)).isEmpty()) {
      makeEndByEnd(link);
    }
  }

  /**
   * Makes those of the links that are inside one compute, many at once. Takes their locks itself
   * too: a link whose lock another thread holds is left out.
   *
   * @return those that were made; the others may still be possible one by one
   */
  Set<Link> makeAll(Collection<Link> links) {
    Map<Compute, List<Link>> inside = new HashMap<>();
    for (Link link : links) {
      Set<Compute> computes = computes(project, link);
      if (computes.size() == 1) {
        inside.computeIfAbsent(computes.iterator().next(), one -> new ArrayList<>()).add(link);
      }
    }
    Set<Link> made = new HashSet<>();
    inside.forEach((compute, some) -> made.addAll(compute.batch().run(project.id(), some, this)));
    return made;
  }

  /** Those of a link's nodes, as far as these are there. */
  static Set<Compute> computes(Project project, Link link) {
    return link.nodeIds().stream()
        .flatMap(id -> project.findNode(id).stream())
        .map(Node::compute)
        .collect(Collectors.toSet());
  }

  private Compute compute(String nodeId) {
    return project.node(nodeId).compute();
  }

  @Override
  public String route() {
    return "links";
  }

  @Override
  public Optional<Lock> lock(Link link) {
    return Optional.of(link.lock());
  }

  @Override
  public Optional<JsonObject> request(Link link) {
    boolean isThere = project.findLink(link.id()).filter(link::equals).isPresent();
    if (!isThere || !isPossible(link) || link.ends().size() != 2 || !link.wires().isEmpty()) {
      return Optional.empty();
    }
    JsonArrayBuilder ends = Json.createArrayBuilder();
    for (JsonObject end : link.ends()) {
      JsonObjectBuilder body =
          Json.createObjectBuilder()
              .add("node_id", end.getString("node_id"))
              .add("adapter_number", end.getInt("adapter_number"))
              .add("port_number", end.getInt("port_number"));
      ends.add(withSettings(link, link.stored(), end.getString("node_id"), body));
    }
    return Optional.of(Json.createObjectBuilder().add("nodes", ends).build());
  }

  /** A node at which something is done, such as a start, would have the other links wait. */
  private boolean isPossible(Link link) {
    return link.nodeIds().stream()
        .map(project::node)
        .allMatch(node -> node.problem().isEmpty() && !node.lock().isLocked());
  }

  @Override
  public boolean made(Link link, JsonObject answer) {
    List<JsonObject> nios = answer.getJsonArray("nios").getValuesAs(JsonObject.class);
    List<Link.Wire> wires = new ArrayList<>();
    for (int end = 0; end < nios.size(); end++) {
      JsonObject at = link.ends().get(end);
      wires.add(
          new Link.Wire(
              at.getString("node_id"),
              nioPath(project.node(at.getString("node_id")), at),
              nios.get(end)));
    }
    learnType(link);
    link.wires(wires);
    return true;
  }

  private void learnType(Link link) {
    JsonObject first = link.ends().getFirst();
    project.node(first.getString("node_id")).linkType(Link.port(first)).ifPresent(link::linkType);
  }

  private void makeEndByEnd(Link link) {
    JsonObject nearEnd = link.ends().getFirst();
    JsonObject farEnd = link.ends().getLast();
    Node near = project.node(nearEnd.getString("node_id"));
    Node far = project.node(farEnd.getString("node_id"));
    learnType(link);
    Map<Node, Integer> ports = new ConcurrentHashMap<>();
    Tasks.forEach(List.of(near, far), node -> ports.put(node, reserve(node.compute())));
    TunnelHosts hosts = TunnelHosts.between(near.compute(), far.compute());
    List<Link.Wire> wires =
        List.of(
            wire(near, nearEnd, ports.get(near), hosts.far(), ports.get(far)),
            wire(far, farEnd, ports.get(far), hosts.near(), ports.get(near)));
    Set<Link.Wire> made = ConcurrentHashMap.newKeySet();
    try {
      Tasks.forEach(
          wires,
          wire -> {
            compute(wire.nodeId()).client().post(wire.path(), body(link, link.stored(), wire));
            made.add(wire);
          });
    } catch (RuntimeException refused) {
      made.forEach(this::unplug);
      throw refused;
    }
    link.wires(wires);
  }

  private int reserve(Compute compute) {
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

  private static String nioPath(Node node, JsonObject end) {
    PortAddress port = Link.port(end);
    return node.path() + "/adapters/" + port.adapter() + "/ports/" + port.port() + "/nio";
  }

  /** Gives the ends of a link the settings that it is to have. */
  void set(Link link, JsonObject settings) {
    for (Link.Wire wire : link.wires()) {
      Node node = project.node(wire.nodeId());
      if (node.has(Trait.LINK_SETTINGS)) {
        node.compute().client().put(wire.path(), body(link, settings, wire));
      }
    }
  }

  private JsonObject body(Link link, JsonObject settings, Link.Wire wire) {
    return withSettings(link, settings, wire.nodeId(), Json.createObjectBuilder(wire.body()))
        .build();
  }

  /** The filters go to one end only, the first that can filter. */
  private JsonObjectBuilder withSettings(
      Link link, JsonObject settings, String nodeId, JsonObjectBuilder body) {
    boolean suspended = settings.getBoolean("suspend", false);
    JsonObject filters = suspended ? DROP_ALL : settings.getJsonObject("filters");
    boolean filtering =
        filteringNode(project, link).filter(node -> node.id().equals(nodeId)).isPresent();
    return body.add("filters", filtering ? filters : JsonValue.EMPTY_JSON_OBJECT)
        .add("suspend", suspended);
  }

  static Optional<Node> filteringNode(Project project, Link link) {
    return link.ends().stream()
        .map(end -> project.node(end.getString("node_id")))
        .filter(node -> node.has(Trait.LINK_SETTINGS))
        .findFirst();
  }

  /** Takes away what may be left of a link at one of its ends, now or when its compute is back. */
  void unplug(JsonObject end) {
    Node node = project.node(end.getString("node_id"));
    node.compute().eventually("DELETE", nioPath(node, end), JsonValue.EMPTY_JSON_OBJECT);
  }

  void unplug(Link.Wire wire) {
    compute(wire.nodeId()).eventually("DELETE", wire.path(), JsonValue.EMPTY_JSON_OBJECT);
  }
}
