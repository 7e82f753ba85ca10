package io.patchbay.controller.node;

import io.patchbay.controller.compute.ComputeBatch;
import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many nodes are made known to a compute at once. No node is held for that, since one of them
 * may take its time; an answer counts only if nothing was done with its node meanwhile.
 */
final class NodeBatch implements ComputeBatch.Work<Node> {
  private final Map<Node, JsonObject> asked = new ConcurrentHashMap<>();

  @Override
  public String route() {
    return "nodes";
  }

  @Override
  public Optional<JsonObject> request(Node node) {
    if (node.isLeaving() || node.lock().isLocked()) {
      return Optional.empty();
    }
    JsonObject stored = node.stored();
    asked.put(node, stored);
    return Optional.of(
        Json.createObjectBuilder(NodeForm.computeCreate(stored))
            .add("node_type", node.type())
            .build());
  }

  @Override
  public boolean made(Node node, JsonObject answer) {
    return !node.isLeaving()
        && node.learnUnlessChanged(answer.getJsonObject("node"), asked.get(node));
  }
}
