package io.patchbay.controller.project;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.link.LinkCaptures;
import io.patchbay.controller.node.Node;
import io.patchbay.spi.Json;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.util.List;

/** What computes tell, and what their coming and going means for the projects. Thread-safe. */
@Singleton
public class ComputeNews {
  private final Projects projects;
  private final ProjectLifecycle lifecycle;
  private final TakeUp takeUp;
  private final LinkCaptures captures;
  private final ProjectSaver saver;

  @Inject
  public ComputeNews(
      Projects projects,
      ProjectLifecycle lifecycle,
      TakeUp takeUp,
      LinkCaptures captures,
      ProjectSaver saver) {
    this.projects = projects;
    this.lifecycle = lifecycle;
    this.takeUp = takeUp;
    this.captures = captures;
    this.saver = saver;
  }

  /** A compute tells of a node. */
  public void nodeUpdated(Compute compute, String projectId, JsonObject node) {
    projects
        .find(projectId)
        .filter(Project::isOpen)
        .ifPresent(
            project ->
                project
                    .findNode(node.getString("node_id", ""))
                    .filter(known -> known.compute() == compute)
                    .ifPresent(
                        known -> {
                          known.learn(node);
                          tellUpdated(project, known);
                          captures.nodeChangedElsewhere(project, known);
                        }));
  }

  private void tellUpdated(Project project, Node node) {
    node.news()
        .ifPresent(
            news -> {
              project.feed().publish("node.updated", news);
              saver.changed(project);
            });
  }

  /** A compute has something to say to the watchers of a project. */
  public void tell(String projectId, String action, JsonObject event) {
    projects.find(projectId).ifPresent(project -> project.feed().publish(action, event));
  }

  /** A compute is there, for the first time or again. */
  public void connected(Compute compute) {
    Tasks.forEach(openOn(compute), project -> takeUp.on(project, compute));
  }

  /** A compute went away; its nodes may run on, but nobody can tell. */
  public void away(Compute compute) {
    for (Project project : openOn(compute)) {
      project.left(compute);
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
