package io.patchbay.controller.link;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectSaver;
import io.patchbay.controller.project.Tasks;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.PortAddress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What users do with links. */
@Singleton
public class Links {
  private static final String LOOPBACK = "127.0.0.1";

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
    project.exclusively(
        () -> {
          check(project, link);
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
    saver.changed(project);
    return link;
  }

  private static void check(Project project, Link link) {
    Set<String> seen = new HashSet<>();
    Set<String> types = new HashSet<>();
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
      Node near = project.node(link.ends().getFirst().getString("node_id"));
      Node far = project.node(link.ends().getLast().getString("node_id"));
      int nearPort = reserve(project, near.compute());
      int farPort = reserve(project, far.compute());
      boolean together = near.compute().id().equals(far.compute().id());
      List<Link.Wire> wires =
          List.of(
              wire(near, link.ends().getFirst(), nearPort, host(far, together), farPort),
              wire(far, link.ends().getLast(), farPort, host(near, together), nearPort));
      List<Link.Wire> made = new ArrayList<>();
      try {
        for (Link.Wire wire : wires) {
          plug(project, link, wire);
          made.add(wire);
        }
      } catch (RuntimeException refused) {
        made.forEach(wire -> unplug(project, wire));
        throw refused;
      }
      link.wires(wires);
    } finally {
      link.lock().unlock();
    }
  }

  private static int reserve(Project project, Compute compute) {
    return compute
        .client()
        .post("/projects/" + project.id() + "/ports/udp", JsonValue.EMPTY_JSON_OBJECT)
        .getInt("udp_port");
  }

  private static String host(Node node, boolean together) {
    return together ? LOOPBACK : node.compute().host();
  }

  private static Link.Wire wire(
      Node node, JsonObject end, int localPort, String remoteHost, int remotePort) {
    PortAddress port = Link.port(end);
    return new Link.Wire(
        node.id(),
        node.path() + "/adapters/" + port.adapter() + "/ports/" + port.port() + "/nio",
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
    try {
      project.node(wire.nodeId()).compute().client().delete(wire.path());
    } catch (LabException gone) {
      // What is not there need not be removed.
    }
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
    link.lock().lock();
    try {
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
        saver.changed(project);
      }
    } finally {
      link.lock().unlock();
    }
  }

  /** Disconnects; harmless if somebody else did. */
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
    saver.changed(project);
  }

  /** The filters that a link could have: none if neither end can filter. */
  static JsonArray availableFilters(Project project, Link link) {
    return filteringNode(project, link).isPresent()
        ? FilterCatalog.ALL
        : JsonValue.EMPTY_JSON_ARRAY;
  }
}
