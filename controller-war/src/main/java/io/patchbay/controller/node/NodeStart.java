package io.patchbay.controller.node;

import io.patchbay.controller.server.IouLicense;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.NodeStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** Has computes start nodes, with the licence that some of them need. */
@Singleton
public class NodeStart {
  private final IouLicense license;

  @Inject
  public NodeStart(IouLicense license) {
    this.license = license;
  }

  /** Starts a node and learns its new state. */
  public void run(Node node) {
    run(node, JsonValue.EMPTY_JSON_OBJECT);
  }

  /**
   * The same.
   *
   * @param request what is asked of the node with its start, which only some look at
   */
  void run(Node node, JsonObject request) {
    JsonObject asked = node.has(Trait.TRACES) ? request : JsonValue.EMPTY_JSON_OBJECT;
    JsonObject body = node.has(Trait.LICENSED) ? license.ofStart() : asked;
    JsonObject answer = node.compute().client().postSlowly(node.path() + "/start", body);
    if (node.has(Trait.START_ANSWERS_NODE)) {
      node.learn(answer);
    } else if (!node.has(Trait.ALWAYS_ON)) {
      node.become(NodeStatus.STARTED);
    }
  }
}
