package io.patchbay.controller.metric;

import io.patchbay.controller.node.Node;
import io.patchbay.controller.notification.Feeds;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Projects;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What the open projects hold, and who watches: figures for {@code /metrics}. */
@Singleton
public class LabMetrics {
  private final Projects projects;
  private final Feeds feeds;

  @Inject
  public LabMetrics(Projects projects, Feeds feeds) {
    this.projects = projects;
    this.feeds = feeds;
  }

  void register(
      @Observes @Initialized(ApplicationScoped.class) Object event, MetricRegistry registry) {
    Metadata nodes = named("patchbay_nodes", "Nodes of open projects, by kind and state");
    for (NodeKind kind : NodeKinds.all()) {
      for (NodeStatus status : NodeStatus.values()) {
        registry.gauge(
            nodes,
            () -> count(kind.wireName(), status.wireName()),
            new Tag("kind", kind.wireName()),
            new Tag("state", status.wireName()));
      }
    }
    registry.gauge(
        named("patchbay_links", "Links of open projects"),
        () -> sum(project -> project.links().size()));
    registry.gauge(named("patchbay_projects_open", "Open projects"), () -> openProjects().count());
    registry.gauge(
        named("patchbay_notification_clients", "Clients that watch projects or the server"),
        () ->
            feeds.controller().watchers()
                + projects.all().stream().mapToLong(project -> project.feed().watchers()).sum());
  }

  private static Metadata named(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }

  private Stream<Project> openProjects() {
    return projects.all().stream().filter(Project::isOpen);
  }

  private long sum(ToLongFunction<Project> figure) {
    return openProjects().mapToLong(figure).sum();
  }

  private long count(String kind, String status) {
    return sum(
        project ->
            project.nodes().stream()
                .filter(node -> node.type().equals(kind) && status(node).equals(status))
                .count());
  }

  private static String status(Node node) {
    return node.describe().getString("status");
  }
}
