package io.patchbay.controller.project;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.ComputeEvents;
import io.patchbay.controller.link.LinkCaptures;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.node.NodeNews;
import io.patchbay.server.task.Tasks;
import io.patchbay.spi.Json;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.function.BiConsumer;

/** What computes tell, and what their coming and going means for the projects. Thread-safe. */
@Singleton
public class ComputeNews implements ComputeEvents.News {
  private final Projects projects;
  private final ProjectLifecycle lifecycle;
  private final TakeUp takeUp;
  private final LinkCaptures captures;
  private final NodeNews news;

  @Inject
  public ComputeNews(
      Projects projects,
      ProjectLifecycle lifecycle,
      TakeUp takeUp,
      LinkCaptures captures,
      NodeNews news) {
    this.projects = projects;
    this.lifecycle = lifecycle;
    this.takeUp = takeUp;
    this.captures = captures;
    this.news = news;
  }

  @Override
  public void nodeUpdated(Compute compute, String projectId, JsonObject node) {
    find(
        compute,
        projectId,
        node,
        (project, known) -> {
          known.learn(node);
          news.tell(project, known);
          captures.nodeChangedElsewhere(project, known);
        });
  }

  @Override
  public void captureTroubled(Compute compute, String projectId, JsonObject capture) {
    find(compute, projectId, capture, captures::troubledElsewhere);
  }

  private void find(
      Compute compute, String projectId, JsonObject event, BiConsumer<Project, Node> action) {
    projects
        .find(projectId)
        .filter(Project::isOpen)
        .ifPresent(
            project ->
                project
                    .findNode(event.getString("node_id", ""))
                    .filter(known -> known.compute() == compute)
                    .ifPresent(known -> action.accept(project, known)));
  }

  @Override
  public void tell(String projectId, String action, JsonObject event) {
    projects.find(projectId).ifPresent(project -> project.feed().publish(action, event));
  }

  @Override
  public void connected(Compute compute) {
    Tasks.forEach(openOn(compute), project -> takeUp.on(project, compute));
  }

  /** Its nodes may run on, but nobody can tell. */
  @Override
  public void away(Compute compute) {
    for (Project project : openOn(compute)) {
      project.computes().left(compute);
      project.nodes().stream()
          .filter(node -> node.compute() == compute)
          .forEach(node -> takeUp.suffer(project, node, compute.absence()));
      project
          .feed()
          .publish(
              "log.error", Json.createObjectBuilder().add("message", compute.absence()).build());
    }
  }

  /** Closes the projects that have nodes on a compute. */
  public void closeAllOn(Compute compute) {
    Tasks.forEach(openOn(compute), lifecycle::close);
  }

  private List<Project> openOn(Compute compute) {
    return projects.all().stream()
        .filter(Project::isOpen)
        .filter(project -> project.nodes().stream().anyMatch(node -> node.compute() == compute))
        .toList();
  }
}
