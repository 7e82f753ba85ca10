package io.patchbay.controller.project;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.drawing.Drawing;
import io.patchbay.controller.drawing.Pictures;
import io.patchbay.controller.link.Link;
import io.patchbay.controller.link.Links;
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
  private final Links links;

  ProjectOpening(Project project, Computes computes, Links links) {
    this.project = project;
    this.computes = computes;
    this.links = links;
  }

  /**
   * @throws LabException if the file names a compute that is not known; the project stays closed
   */
  void run() {
    // Looked up before anything is built, so that a refusal leaves no half of a project.
    part("nodes")
        .getValuesAs(JsonObject.class)
        .forEach(stored -> computes.get(stored.getString("compute_id")));
    List<Node> nodes = new ArrayList<>();
    for (JsonObject stored : part("nodes").getValuesAs(JsonObject.class)) {
      Compute compute = computes.get(stored.getString("compute_id"));
      Node node = new Node(project.id(), compute, stored);
      project.names().take(node.name());
      project.add(node);
      nodes.add(node);
    }
    Pictures pictures = new Pictures(project.directory());
    part("drawings")
        .getValuesAs(JsonObject.class)
        .forEach(
            stored -> {
              Drawing drawing = pictures.load(stored);
              project.drawings().put(drawing.id(), drawing);
            });
    List<Link> wires = new ArrayList<>();
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
      wires.add(link);
    }
    project.opened();
    Tasks.forEach(
        nodes,
        node ->
            told(
                () -> {
                  Nodes.build(project, node);
                  node.told();
                }));
    Tasks.forEach(wires, link -> told(() -> links.build(project, link)));
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
