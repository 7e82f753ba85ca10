package io.patchbay.controller.project;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.link.Link;
import io.patchbay.controller.link.LinkCaptures;
import io.patchbay.controller.link.Links;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.node.NodeNews;
import io.patchbay.controller.node.NodeTakeUp;
import io.patchbay.server.task.Tasks;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Makes the nodes and links of an open project known to their computes, whether those never heard
 * of them, forgot them, or still have them: what runs there goes on and is learned again. May be
 * repeated. Whatever cannot be taken up keeps its place in the project and says why.
 */
@Singleton
public class TakeUp {
  private final Links links;
  private final LinkCaptures captures;
  private final NodeNews news;
  private final NodeTakeUp nodes;

  @Inject
  public TakeUp(Links links, LinkCaptures captures, NodeNews news, NodeTakeUp nodes) {
    this.links = links;
    this.captures = captures;
    this.news = news;
    this.nodes = nodes;
  }

  /** Takes up everything of a project. Waits for its computes, but not long for an absent one. */
  void all(Project project) {
    run(project, project.nodes().stream().map(Node::compute).collect(Collectors.toSet()));
  }

  /** Takes up what of a project is on one compute, and the links that lead there. */
  void on(Project project, Compute compute) {
    run(project, Set.of(compute));
  }

  private void run(Project project, Collection<Compute> computes) {
    List<Node> nodes =
        project.nodes().stream().filter(node -> computes.contains(node.compute())).toList();
    Set<Compute> forgetful = ConcurrentHashMap.newKeySet();
    // Nodes of a compute that is away, or refuses the project, are said to be so there.
    Tasks.forEach(computes, compute -> introduce(project, compute, nodes, forgetful));
    List<Node> known =
        nodes.stream()
            .filter(node -> project.computes().ids().contains(node.compute().id()))
            .toList();
    Set<Node> made = this.nodes.runAll(project, known);
    Tasks.forEach(known, node -> takeUp(project, node, made));
    Set<String> ids = nodes.stream().map(Node::id).collect(Collectors.toSet());
    List<Link> touched =
        project.links().stream()
            .filter(link -> link.nodeIds().stream().anyMatch(ids::contains))
            .toList();
    Set<Link> joined = links.makeAll(project, touched, forgetful);
    Tasks.forEach(touched, link -> takeUp(project, link, joined, forgetful));
  }

  private void introduce(
      Project project, Compute compute, List<Node> nodes, Set<Compute> forgetful) {
    try {
      compute.requireReachable();
      project.computes().ensure(compute);
      if (project.computes().wasUnknownTo(compute)) {
        forgetful.add(compute);
      }
    } catch (LabException away) {
      nodes.stream()
          .filter(node -> node.compute() == compute)
          .forEach(node -> suffer(project, node, away.getMessage()));
      tell(project, away.getMessage());
    }
  }

  private void takeUp(Project project, Node node, Set<Node> made) {
    try {
      if (!made.contains(node)) {
        nodes.run(project, node);
      }
      news.tell(project, node);
      captures.nodeChanged(project, node);
    } catch (LabException refused) {
      suffer(project, node, refused.getMessage());
      tell(project, "Node " + node.name() + ": " + refused.getMessage());
    }
  }

  /** Notes why a node cannot be used, and tells the watchers. */
  void suffer(Project project, Node node, String problem) {
    node.suffer(problem);
    news.tell(project, node);
  }

  private void takeUp(Project project, Link link, Set<Link> made, Set<Compute> forgetful) {
    try {
      if (!made.contains(link)) {
        links.takeUp(project, link, forgetful);
      }
      captures.check(project, link);
    } catch (LabException refused) {
      tell(project, "A link cannot be made: " + refused.getMessage());
    }
  }

  private static void tell(Project project, String message) {
    project.feed().publish("log.error", Json.createObjectBuilder().add("message", message).build());
  }
}
