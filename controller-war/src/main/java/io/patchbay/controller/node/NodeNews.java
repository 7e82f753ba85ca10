package io.patchbay.controller.node;

import io.patchbay.controller.journal.Part;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectSaver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Tells the watchers of a project how its nodes are. Thread-safe. */
@Singleton
public class NodeNews {
  private final ProjectSaver saver;

  @Inject
  public NodeNews(ProjectSaver saver) {
    this.saver = saver;
  }

  /**
   * Tells what is new of a node since it was told last, and lets that be saved. Of a node that is
   * being deleted nothing is told any more: it might come after the news that it is gone.
   */
  public void tell(Project project, Node node) {
    if (node.isLeaving()) {
      return;
    }
    node.news()
        .ifPresent(
            news -> {
              project.feed().publish("node.updated", news);
              saver.changed(project, Part.NODES, node.id());
            });
  }
}
