package io.patchbay.controller.project;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.drawing.Drawing;
import io.patchbay.controller.drawing.Pictures;
import io.patchbay.controller.link.Link;
import io.patchbay.controller.node.Node;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

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
    for (JsonObject stored : part("nodes").getValuesAs(JsonObject.class)) {
      Compute compute = computes.orMissing(stored.getString("compute_id"));
      Node node = new Node(project.id(), compute, stored);
      project.names().take(node.name());
      project.add(node);
    }
    Pictures pictures = new Pictures(project.directory());
    part("drawings")
        .getValuesAs(JsonObject.class)
        .forEach(
            stored -> {
              Drawing drawing = pictures.load(stored);
              project.drawings().put(drawing.id(), drawing);
            });
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
  }

  private JsonArray part(String name) {
    return project.stored(name).asJsonArray();
  }
}
