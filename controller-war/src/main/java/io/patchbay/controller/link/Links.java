package io.patchbay.controller.link;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.journal.Part;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectSaver;
import io.patchbay.server.task.Tasks;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.PortAddress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What users do with links. */
@Singleton
public class Links {
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
      new LinkWiring(project).make(link);
    } finally {
      link.lock().unlock();
    }
  }

  /**
   * Makes as many links as can be made at once, which are those inside a compute that has nothing
   * of them.
   *
   * @param forgetful see {@link #takeUp}
   * @return those that are made; the others are left as they are
   */
  public Set<Link> makeAll(Project project, Collection<Link> links, Set<Compute> forgetful) {
    return new LinkWiring(project)
        .makeAll(links.stream().filter(link -> forgot(project, link, forgetful)).toList());
  }

  private static boolean forgot(Project project, Link link, Set<Compute> forgetful) {
    return link.wires().isEmpty() && forgetful.containsAll(LinkWiring.computes(project, link));
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
      LinkWiring wiring = new LinkWiring(project);
      // An end may still be plugged in where it is remembered, into a port that leads nowhere.
      for (JsonObject end : link.ends()) {
        Node node = project.node(end.getString("node_id"));
        if (!forgetful.contains(node.compute())) {
          wiring.unplug(end);
        }
      }
      build(project, link);
    } finally {
      link.lock().unlock();
    }
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

  public void update(Project project, Link link, JsonObject body) {
    saver.admit(project, body);
    link.lock().lock();
    try {
      requireThere(project, link);
      LinkForm.ends(body).forEach(end -> project.node(end.getString("node_id")));
      JsonObject before = link.stored();
      JsonObject changed = LinkForm.change(before, body);
      boolean settings =
          !changed.get("filters").equals(before.get("filters"))
              || changed.getBoolean("suspend") != before.getBoolean("suspend", false);
      if (settings) {
        new LinkWiring(project).set(link, changed);
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
      Tasks.forEach(link.wires(), new LinkWiring(project)::unplug);
      link.wires(List.of());
    } finally {
      link.lock().unlock();
    }
    project.feed().publish("link.deleted", link.describe());
    saver.removed(project, Part.LINKS, link.id());
  }

  /** The filters that a link could have: none if neither end can filter. */
  static JsonArray availableFilters(Project project, Link link) {
    return LinkWiring.filteringNode(project, link).isPresent()
        ? FilterCatalog.ALL
        : JsonValue.EMPTY_JSON_ARRAY;
  }
}
