package io.patchbay.controller.limit;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Project;
import io.patchbay.server.event.Watcher;
import io.patchbay.spi.Json;
import io.patchbay.spi.NodeStatus;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Projects and nodes, most without a compute. */
final class Labs {
  private Labs() {}

  static Project project(String id) {
    return new Project(
        id, Path.of(id), "lab.gns3", Json.createObjectBuilder().add("name", id).build());
  }

  static Node node(Project project, String name, String type, int ram) {
    return node(project, name, type, ram, null);
  }

  static Node node(Project project, String name, String type, int ram, Compute compute) {
    Node node =
        new Node(
            project.id(),
            compute,
            Json.createObjectBuilder()
                .add("node_id", name)
                .add("name", name)
                .add("node_type", type)
                .add("compute_id", "local")
                .add("properties", Json.createObjectBuilder().add("ram", ram).add("cpus", 1))
                .build());
    project.add(node);
    return node;
  }

  /** Has what a project tells added to a list. */
  static Watcher listen(Project project, List<String> heard) {
    return Watcher.start(
        project.feed(),
        new Watcher.Outlet() {
          @Override
          public void send(String message) {
            heard.add(message);
          }

          @Override
          public void close() {}
        },
        Duration.ofHours(1),
        () -> JsonValue.EMPTY_JSON_OBJECT);
  }

  static Node running(Node node) {
    node.become(NodeStatus.STARTED);
    return node;
  }
}
