package io.patchbay.controller.node;

import io.patchbay.controller.compute.ComputeBatch;
import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/** How many nodes are made known to a compute at once. */
final class NodeBatch implements ComputeBatch.Work<Node> {
  @Override
  public String route() {
    return "nodes";
  }

  @Override
  public Lock lock(Node node) {
    return node.lock();
  }

  @Override
  public Optional<JsonObject> request(Node node) {
    return node.isLeaving()
        ? Optional.empty()
        : Optional.of(
            Json.createObjectBuilder(NodeForm.computeCreate(node.stored()))
                .add("node_type", node.type())
                .build());
  }

  @Override
  public void made(Node node, JsonObject answer) {
    node.learn(answer.getJsonObject("node"));
  }
}
