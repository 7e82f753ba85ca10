package io.patchbay.controller.project;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.drawing.Drawing;
import io.patchbay.controller.drawing.Pictures;
import io.patchbay.controller.link.Link;
import io.patchbay.controller.node.ApplicationIds;
import io.patchbay.controller.node.Node;
import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** Builds the nodes and links of a project again, as far as that goes: nothing is left out. */
final class ProjectOpening {
  private final Project project;
  private final Computes computes;
  private final TakeUp takeUp;
  private final ApplicationIds applicationIds;
  private final JsonObject wiring;

  /**
   * @param wiring how the links are plugged in on computes that may still run what they had, see
   *     {@link OpenProjects#load}; empty if the project was closed
   */
  ProjectOpening(
      Project project,
      Computes computes,
      TakeUp takeUp,
      ApplicationIds applicationIds,
      JsonObject wiring) {
    this.applicationIds = applicationIds;
    this.project = project;
    this.computes = computes;
    this.takeUp = takeUp;
    this.wiring = wiring;
  }

  void run() {
    part("computes").getValuesAs(JsonObject.class).forEach(computes::registerFromFile);
    for (JsonObject stored : part("nodes").getValuesAs(JsonObject.class)) {
      Compute compute = computes.orMissing(stored.getString("compute_id"));
      Node node = new Node(project.id(), compute, applicationIds.reserve(compute.id(), stored));
      project.names().take(node.name());
      project.add(node);
      applicationIds.settled(node.id());
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
      Link link = link(stored);
      project.add(link);
    }
    project.opened();
    takeUp.all(project);
  }

  /** A link comes back carrying frames, however it was left, unless it was never closed. */
  private Link link(JsonObject stored) {
    boolean wired = wiring.get(stored.getString("link_id")) instanceof JsonObject;
    Link link =
        new Link(
            project.id(),
            Json.createObjectBuilder()
                .add("filters", JsonValue.EMPTY_JSON_OBJECT)
                .addAll(Json.createObjectBuilder(stored))
                .add("suspend", wired && stored.getBoolean("suspend", false))
                .build());
    if (wired) {
      link.wiring(wiring.getJsonObject(link.id()));
    }
    return link;
  }

  private JsonArray part(String name) {
    return project.stored(name).asJsonArray();
  }
}
