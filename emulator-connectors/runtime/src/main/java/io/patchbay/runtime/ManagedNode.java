package io.patchbay.runtime;

import io.patchbay.runtime.link.LinkPort;
import io.patchbay.runtime.survival.NodeState;
import io.patchbay.spi.CaptureRequest;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeEvent;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.NodeStatus;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What every node has: one lock, fair so that requests are served in their order of arrival, a
 * name, a status, and a voice. Subclasses do the work in the {@code do...} methods, which run under
 * the lock.
 */
public abstract class ManagedNode implements EmulatedNode {
  protected final ResourceAdapter adapter;
  protected final NodeSite site;
  private final NodeKind kind;
  private final ReentrantLock lock = new ReentrantLock(true);
  // Consoles show it and wait for nobody.
  private volatile String name;
  private NodeStatus status;
  private final SequencedMap<PortAddress, Nio> plugged = new LinkedHashMap<>();
  private Optional<NodeState> remembered = Optional.empty();
  private boolean survives;
  private boolean closed;

  protected ManagedNode(ResourceAdapter adapter, NodeKind kind, NodeSite site) {
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

  @Override
  public final void start() {
    exclusively(
        () -> {
          if (status != NodeStatus.STARTED) {
            doStart();
            become(NodeStatus.STARTED);
          }
        });
  }

  @Override
  public final void stop() {
    exclusively(this::stopIfRunning);
  }

  @Override
  public final void reload() {
    exclusively(
        () -> {
          stopIfRunning();
          doStart();
          become(NodeStatus.STARTED);
        });
  }

  /** Most kinds cannot be suspended, and say nothing about it. */
  @Override
  public void suspend() {}

  @Override
  public final void update(JsonObject settings) {
    exclusively(
        () -> {
          doUpdate(settings);
          tellUpdated();
        });
  }

  @Override
  public final void attach(PortAddress port, Nio nio) {
    exclusively(
        () -> {
          doAttach(port, nio);
          plugged.putLast(plainPort(port), nio);
        });
  }

  @Override
  public final void change(PortAddress port, Nio nio) {
    exclusively(
        () -> {
          doChange(port, nio);
          plugged.put(plainPort(port), nio);
        });
  }

  @Override
  public final void detach(PortAddress port) {
    exclusively(
        () -> {
          doDetach(port);
          plugged.remove(plainPort(port));
        });
  }

  @Override
  public final Path startCapture(PortAddress port, CaptureRequest request) {
    return locked(
        () -> {
          requireOpen();
          return linkPort(port).startCapture(request);
        });
  }

  @Override
  public final void stopCapture(PortAddress port) {
    exclusively(() -> linkPort(port).stopCapture());
  }

  @Override
  public final InputStream readCapture(PortAddress port) {
    return linkPort(port).readCapture();
  }

  @Override
  public final void close() {
    locked(
        () -> {
          if (!closed) {
            stopIfRunning();
            doClose();
            closed = true;
            if (survives) {
              adapter.runStates().forget(site.projectId(), id());
            }
          }
          return null;
        });
  }

  @Override
  public final void remember() {
    exclusively(() -> survives = true);
  }

  private void rememberNow() {
    if (!survives || closed) {
      return;
    }
    JsonObjectBuilder settings = Json.createObjectBuilder(description());
    describePrivately(settings);
    NodeState now =
        new NodeState(
            id(),
            kind.wireName(),
            settings.build(),
            Collections.unmodifiableSequencedMap(new LinkedHashMap<>(plugged)),
            running());
    if (!remembered.equals(Optional.of(now))) {
      adapter.runStates().save(site.projectId(), now);
      remembered = Optional.of(now);
    }
  }

  @Override
  public final boolean adopt(JsonObject running) {
    exclusively(() -> doAdopt(running).ifPresent(this::become));
    return locked(() -> running().isPresent());
  }

  @Override
  public final void release() {
    locked(
        () -> {
          if (!closed) {
            doRelease();
            closed = true;
          }
          return null;
        });
  }

  private void stopIfRunning() {
    if (status != NodeStatus.STOPPED && !kind.has(NodeKind.Trait.ALWAYS_ON)) {
      doStop();
      become(NodeStatus.STOPPED);
    }
  }

  /** Starts; if it throws, nothing runs and everything taken is given back. */
  protected void doStart() {}

  protected void doStop() {}

  protected abstract void doUpdate(JsonObject settings);

  protected abstract void doAttach(PortAddress port, Nio nio);

  protected void doChange(PortAddress port, Nio nio) {
    throw LabException.notFound("Links of " + kind.wireName() + " nodes have no settings");
  }

  protected abstract void doDetach(PortAddress port);

  /**
   * The port with this address; called with or without the lock.
   *
   * @throws LabException (CONFLICT) if there is none or nothing is plugged in
   */
  protected abstract LinkPort linkPort(PortAddress port);

  protected abstract void doClose();

  /** One address for a port, for kinds that take several to mean the same. */
  protected PortAddress plainPort(PortAddress port) {
    return port;
  }

  /**
   * Takes up what ran when the server was killed, from what {@link #running} said.
   *
   * @return the state in which it was found; empty if it runs no longer, and everything taken is
   *     given back then
   */
  protected Optional<NodeStatus> doAdopt(JsonObject running) {
    return Optional.empty();
  }

  /** What {@link #doAdopt} of a later server needs; empty if nothing runs outside this one. */
  protected Optional<JsonObject> running() {
    return Optional.empty();
  }

  /** Gives back what this server holds, but lets run what runs outside it. */
  protected void doRelease() {
    doClose();
  }

  /** Adds what clients do not see but a node like this must be created with. */
  protected void describePrivately(JsonObjectBuilder settings) {}

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
    site.events().accept(new NodeEvent.Updated(site.projectId(), description()));
  }

  protected final void warn(String message) {
    site.events().accept(new NodeEvent.Log(site.projectId(), NodeEvent.Level.WARNING, message));
  }

  /** Runs under the node's lock, in turn; the way in for threads that watch the emulator. */
  protected final void exclusively(Runnable work) {
    locked(
        () -> {
          requireOpen();
          try {
            work.run();
          } finally {
            rememberNow();
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

  private JsonObject description() {
    JsonObjectBuilder node =
        Json.createObjectBuilder()
            .add("name", name)
            .add("node_id", id().toString())
            .add("project_id", site.projectId().toString())
            .add("status", status.wireName());
    describe(node);
    return node.build();
  }
}
