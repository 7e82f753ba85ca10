package io.patchbay.controller.compute;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.UUID;

/** Finds a good idle-PC value for an IOS image by letting a throw-away router run. */
final class IdlePc {
  private static final String NAME = "AUTOIDLEPC";

  private IdlePc() {}

  /**
   * Takes as long as the router does to boot and be measured.
   *
   * @param router its {@code platform}, {@code image} and {@code ram}
   */
  static JsonValue find(ComputeClient compute, JsonObject router) {
    String project = "/projects/" + UUID.randomUUID();
    String nodes = project + "/dynamips/nodes";
    String nodeId = UUID.randomUUID().toString();
    compute.post(
        "/projects",
        Json.createObjectBuilder()
            .add("name", NAME)
            .add("project_id", project.substring("/projects/".length()))
            .build());
    try {
      compute.post(
          nodes,
          Json.createObjectBuilder()
              .add("name", NAME)
              .add("node_id", nodeId)
              .add("platform", router.get("platform"))
              .add("image", router.get("image"))
              .add("ram", router.get("ram"))
              .build());
      return compute.getSlowly(nodes + "/" + nodeId + "/auto_idlepc");
    } finally {
      discard(compute, project);
    }
  }

  private static void discard(ComputeClient compute, String project) {
    try {
      compute.delete(project);
    } catch (LabException gone) {
      // What was found, or why nothing was, matters more.
    }
  }
}
