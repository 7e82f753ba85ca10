package io.patchbay.runtime;

import io.patchbay.runtime.process.FreeMemory;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeEvent;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.NodeStatus;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One lock, fair so that requests are served in their order of arrival, a name, a status, and a
 * voice.
 */
abstract class GuardedNode implements EmulatedNode {
  protected final ResourceAdapter adapter;
  protected final NodeSite site;
  private final NodeKind kind;
  private final ReentrantLock lock = new ReentrantLock(true);
  // Consoles show it and wait for nobody.
  private volatile String name;
  private NodeStatus status;
  private boolean closed;

  GuardedNode(ResourceAdapter adapter, NodeKind kind, NodeSite site) {
    this.adapter = adapter;
    this.kind = kind;
    this.site = site;
    this.name = site.name();
    this.status = kind.has(NodeKind.Trait.ALWAYS_ON) ? NodeStatus.STARTED : NodeStatus.STOPPED;
  }

  @Override
  public final UUID id() {
    return site.nodeId();
  }

  @Override
  public final NodeKind kind() {
    return kind;
  }

  @Override
  public final JsonObject describe() {
    return locked(this::description);
  }

  final JsonObject description() {
    JsonObjectBuilder node =
        Json.createObjectBuilder()
            .add("name", name)
            .add("node_id", id().toString())
            .add("project_id", site.projectId().toString())
            .add("status", status.wireName());
    describe(node);
    return node.build();
  }

  /** Adds the fields of this kind to the common ones. */
  protected abstract void describe(JsonObjectBuilder node);

  protected final String name() {
    return name;
  }

  protected final void rename(String newName) {
    name = newName;
  }

  protected final NodeStatus status() {
    return status;
  }

  /** For changes that nobody asked for, such as the end of a process; call under the lock. */
  protected final void become(NodeStatus next) {
    if (status != next) {
      status = next;
      tellUpdated();
    }
  }

  protected final void tellUpdated() {
    tell(new NodeEvent.Updated(site.projectId(), description()));
  }

  protected final void warn(String message) {
    tell(new NodeEvent.Log(site.projectId(), NodeEvent.Level.WARNING, message));
  }

  /**
   * Warns if this server has less memory left than the emulated machine has.
   *
   * @param mebibytes in MB
   */
  protected final void warnOfMemory(long mebibytes) {
    FreeMemory.here().shortage(mebibytes).ifPresent(words -> warn(name() + ": " + words));
  }

  final void tell(NodeEvent event) {
    site.events().accept(event);
  }

  /** Runs under the node's lock, in turn; the way in for threads that watch the emulator. */
  protected final void exclusively(Runnable work) {
    inTurn(
        () -> {
          work.run();
          return null;
        });
  }

  /** The same for work that has a result. */
  final <T> T inTurn(Supplier<T> work) {
    return locked(
        () -> {
          requireOpen();
          try {
            return work.get();
          } finally {
            writeDown();
          }
        });
  }

  /** Keeps what has changed for a later server; called under the lock. */
  abstract void writeDown();

  /** The same for threads that may come when the node is gone. */
  final void ifOpen(Runnable work) {
    locked(
        () -> {
          if (!closed) {
            exclusively(work);
          }
          return null;
        });
  }

  /**
   * Runs something under the node's lock, soon and in a thread of its own, unless the node is gone
   * by then: for what an emulator does by itself. A refusal in it says that the emulator has gone
   * on since, which is noticed in the same way.
   */
  protected final void later(Runnable work) {
    Thread.ofVirtual()
        .name(kind.wireName() + "-later")
        .start(
            () -> {
              try {
                ifOpen(work);
              } catch (LabException over) {
                // There is nobody to tell.
              }
            });
  }

  /** Runs what ends the node, unless it has ended. */
  final void finish(Runnable ending) {
    locked(
        () -> {
          if (!closed) {
            ending.run();
            closed = true;
          }
          return null;
        });
  }

  private void requireOpen() {
    if (closed) {
      throw LabException.notFound("Node ID " + id() + " doesn't exist");
    }
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
