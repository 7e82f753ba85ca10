package io.patchbay.controller.node;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.link.Links;
import io.patchbay.controller.project.Project;
import io.patchbay.spi.Json;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes nodes known to their computes. */
@Singleton
public class NodeTakeUp {
  private final Links links;
  private final MissingImages images;

  @Inject
  public NodeTakeUp(Links links, MissingImages images) {
    this.links = links;
    this.images = images;
  }

  /**
   * Lets the node's compute make the node or say how it is; nothing happens to one it has. One that
   * was deleted meanwhile is not to be left there.
   */
  public void run(Project project, Node node) {
    node.lock().lock();
    try {
      if (node.isLeaving()) {
        node.compute().eventually("DELETE", node.path(), JsonValue.EMPTY_JSON_OBJECT);
        return;
      }
      build(project, node, JsonValue.EMPTY_JSON_OBJECT);
    } finally {
      node.lock().unlock();
    }
  }

  /**
   * Lets the computes make as many nodes as can be made at once, or say how they are.
   *
   * @return those that are made; the others may still be possible one by one
   */
  public Set<Node> runAll(Project project, Collection<Node> nodes) {
    NodeBatch work = new NodeBatch();
    Map<Compute, List<Node>> byCompute =
        nodes.stream().collect(Collectors.groupingBy(Node::compute));
    Set<Node> made = new HashSet<>();
    byCompute.forEach(
        (compute, some) -> made.addAll(compute.batch().run(project.id(), some, work)));
    return made;
  }

  /**
   * Lets the node's compute make it, and gives it the images that it lacks for that.
   *
   * @param firstContents properties that count for a node that it does not have yet
   */
  void build(Project project, Node node, JsonObject firstContents) {
    project.computes().ensure(node.compute());
    JsonObject body =
        Json.createObjectBuilder(NodeForm.computeCreate(node.stored()))
            .addAll(Json.createObjectBuilder(firstContents))
            .build();
    String path = "/projects/" + project.id() + "/" + node.type() + "/nodes";
    images.supplying(project, node, () -> node.learn(node.compute().client().post(path, body)));
  }

  /**
   * A node that was not taken up so far is, or whatever is wrong with it is said. For whoever holds
   * the node's lock.
   */
  void require(Project project, Node node) {
    if (node.problem().isPresent()) {
      build(project, node, JsonValue.EMPTY_JSON_OBJECT);
      project.linksOf(node.id()).forEach(link -> links.takeUp(project, link, Set.of()));
    }
  }
}
