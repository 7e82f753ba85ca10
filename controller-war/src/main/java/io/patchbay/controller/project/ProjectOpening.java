package io.patchbay.controller.project;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.link.Link;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.node.Nodes;
import io.patchbay.spi.LabException;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Builds the nodes and links of a project again, as far as that goes: nothing is left out. */
final class ProjectOpening {
  private final Project project;
  private final Computes computes;
  private final TakeUp takeUp;

  ProjectOpening(Project project, Computes computes, TakeUp takeUp) {
    this.project = project;
    this.computes = computes;
    this.takeUp = takeUp;
  }

  void run() {
    part("computes").getValuesAs(JsonObject.class).forEach(computes::registerFromFile);
    List<Node> nodes = new ArrayList<>();
    for (JsonObject stored : part("nodes").getValuesAs(JsonObject.class)) {
      Compute compute = computes.orMissing(stored.getString("compute_id"));
      Node node = new Node(project.id(), compute, stored);
      project.names().take(node.name());
      project.add(node);
      nodes.add(node);
    }
    part("drawings")
        .getValuesAs(JsonObject.class)
        .forEach(drawing -> project.drawings().put(drawing.getString("drawing_id"), drawing));
    for (JsonObject stored : part("links").getValuesAs(JsonObject.class)) {
      // A link comes back carrying frames, however it was left.
      Link link =
          new Link(
              project.id(),
              Json.createObjectBuilder()
                  .add("filters", JsonValue.EMPTY_JSON_OBJECT)
                  .addAll(Json.createObjectBuilder(stored))
                  .add("suspend", false)
                  .build());
      project.add(link);
    }
    project.opened();
    takeUp.all(project);
    if (project.flag("auto_start")) {
      Tasks.forEach(
          nodes.stream().filter(node -> node.problem().isEmpty()).toList(),
          node -> told(() -> Nodes.start(node)));
    }
  }

  private JsonArray part(String name) {
    return project.stored(name).asJsonArray();
  }

  /** What cannot be built is shown as it is stored, and said; the rest of the project works. */
  private void told(Runnable work) {
    try {
      work.run();
    } catch (LabException refused) {
      project
          .feed()
          .publish(
              "log.error", Json.createObjectBuilder().add("message", refused.getMessage()).build());
    }
  }
}
