package io.patchbay.controller.limit;

import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Project;
import io.patchbay.spi.Json;
import io.patchbay.spi.NodeStatus;
import java.nio.file.Path;

/** Projects and nodes without a compute. */
final class Labs {
  private Labs() {}

  static Project project(String id) {
    return new Project(
        id, Path.of(id), "lab.gns3", Json.createObjectBuilder().add("name", id).build());
  }

  static Node node(Project project, String name, String type, int ram) {
    Node node =
        new Node(
            project.id(),
            null,
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

  static Node running(Node node) {
    node.become(NodeStatus.STARTED);
    return node;
  }
}
