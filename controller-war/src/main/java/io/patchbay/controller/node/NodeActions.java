package io.patchbay.controller.node;

import io.patchbay.controller.limit.Quotas;
import io.patchbay.controller.link.LinkCaptures;
import io.patchbay.controller.project.Project;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.NodeStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.function.Consumer;

/** Starts and stops nodes. A node is asked one thing at a time; different nodes go in parallel. */
@Singleton
public class NodeActions {
  private final NodeTakeUp takeUp;
  private final LinkCaptures captures;
  private final Quotas quotas;
  private final NodeNews news;
  private final NodeStart starting;

  @Inject
  public NodeActions(
      NodeTakeUp takeUp, LinkCaptures captures, NodeNews news, Quotas quotas, NodeStart starting) {
    this.starting = starting;
    this.quotas = quotas;
    this.takeUp = takeUp;
    this.captures = captures;
    this.news = news;
  }

  void start(Project project, Node node) {
    start(project, node, JsonValue.EMPTY_JSON_OBJECT);
  }

  /**
   * The same.
   *
   * @param request what is asked of the node with its start
   */
  void start(Project project, Node node, JsonObject request) {
    act(
        project,
        node,
        stopped -> {
          takeUp.require(project, stopped);
          quotas.start(project, stopped, () -> starting.run(stopped, request));
        });
  }

  /** Stops a node; one whose compute is away counts as stopped. */
  public void stop(Project project, Node node) {
    act(
        project,
        node,
        running -> {
          try {
            post(running, "/stop");
          } catch (LabException refused) {
            // A node whose compute is away or that is gone there does not run as far as we know.
          }
          if (!running.has(Trait.ALWAYS_ON)) {
            running.become(NodeStatus.STOPPED);
          }
        });
  }

  void suspend(Project project, Node node) {
    act(
        project,
        node,
        running -> {
          takeUp.require(project, running);
          post(running, "/suspend");
          if (running.has(Trait.SUSPENDABLE) && running.isStarted()) {
            running.become(NodeStatus.SUSPENDED);
          }
        });
  }

  void reload(Project project, Node node) {
    act(
        project,
        node,
        running -> {
          takeUp.require(project, running);
          quotas.start(project, running, () -> post(running, "/reload"));
          if (!running.has(Trait.ALWAYS_ON)) {
            running.become(NodeStatus.STARTED);
          }
        });
  }

  private void act(Project project, Node node, Consumer<Node> action) {
    node.lock().lock();
    try {
      action.accept(node);
      news.tell(project, node);
    } finally {
      node.lock().unlock();
    }
    captures.nodeChanged(project, node);
  }

  /** Nodes without a telnet console have nothing to reset. */
  void resetConsole(Node node) {
    if (!node.hasTelnetConsole()) {
      return;
    }
    node.lock().lock();
    try {
      post(node, "/console/reset");
    } finally {
      node.lock().unlock();
    }
  }

  private static void post(Node node, String action) {
    node.compute().client().postSlowly(node.path() + action, JsonValue.EMPTY_JSON_OBJECT);
  }
}
