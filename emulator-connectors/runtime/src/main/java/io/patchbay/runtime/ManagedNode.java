package io.patchbay.runtime;

import io.patchbay.runtime.link.LinkPort;
import io.patchbay.runtime.survival.NodeMemory;
import io.patchbay.spi.CaptureRequest;
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
import java.util.Optional;

/**
 * What every node has: a life, links, and a memory for a later server. Subclasses do the work in
 * the {@code do...} methods, which run under the node's lock.
 */
public abstract class ManagedNode extends GuardedNode {
  private final NodeMemory memory;

  protected ManagedNode(ResourceAdapter adapter, NodeKind kind, NodeSite site) {
    super(adapter, kind, site);
    memory = new NodeMemory(adapter.runStates(), site, kind);
  }

  @Override
  public final void start() {
    exclusively(
        () -> {
          switch (status()) {
            case STOPPED -> doStart();
            case SUSPENDED -> doResume();
            case STARTED -> {}
          }
          become(NodeStatus.STARTED);
        });
  }

  @Override
  public final void stop() {
    windDown();
    exclusively(() -> stopIfRunning(this::doStop));
  }

  @Override
  public final void reload() {
    exclusively(
        () -> {
          if (status() != NodeStatus.STOPPED || startsByReload()) {
            doReload();
            become(NodeStatus.STARTED);
          }
        });
  }

  /** Whether a node that is stopped runs after a reload; else nothing happens. */
  protected boolean startsByReload() {
    return true;
  }

  /** Stops and starts, or does what comes to the same. */
  protected void doReload() {
    stopIfRunning(this::doStop);
    doStart();
  }

  private void stopIfRunning(Runnable stopping) {
    if (status() != NodeStatus.STOPPED && !kind().has(NodeKind.Trait.ALWAYS_ON)) {
      stopping.run();
      become(NodeStatus.STOPPED);
    }
  }

  @Override
  public final void suspend() {
    exclusively(
        () -> {
          if (status() == NodeStatus.STARTED && doSuspend()) {
            become(NodeStatus.SUSPENDED);
          }
        });
  }

  /** See {@link io.patchbay.spi.Suspendable}; harmless if the node runs. */
  public final void resume() {
    exclusively(
        () -> {
          if (status() == NodeStatus.STOPPED) {
            throw LabException.conflict("Node " + name() + " is not started");
          }
          if (status() == NodeStatus.SUSPENDED) {
            doResume();
            become(NodeStatus.STARTED);
          }
        });
  }

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
          memory.plugged(plainPort(port), nio);
        });
  }

  @Override
  public final void change(PortAddress port, Nio nio) {
    exclusively(
        () -> {
          doChange(port, nio);
          memory.changed(plainPort(port), nio);
        });
  }

  @Override
  public final void detach(PortAddress port) {
    exclusively(
        () -> {
          doDetach(port);
          memory.unplugged(plainPort(port));
        });
  }

  @Override
  public final Path startCapture(PortAddress port, CaptureRequest request) {
    return inTurn(() -> linkPort(port).startCapture(request, trouble -> troubled(port, trouble)));
  }

  @Override
  public final Path resumeCapture(PortAddress port, CaptureRequest request) {
    return inTurn(() -> linkPort(port).resumeCapture(request, trouble -> troubled(port, trouble)));
  }

  /** A capture may have ended by itself; comes from a thread of its own. */
  private void troubled(PortAddress port, String trouble) {
    warn(trouble);
    ifOpen(() -> tell(new NodeEvent.CaptureTroubled(site.projectId(), id(), plainPort(port))));
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
  public final void remember() {
    exclusively(memory::keep);
  }

  @Override
  final void writeDown() {
    memory.write(
        () -> {
          JsonObjectBuilder settings = Json.createObjectBuilder(description());
          describePrivately(settings);
          return settings.build();
        },
        this::capturing,
        running());
  }

  private Optional<CaptureRequest> capturing(PortAddress port) {
    try {
      return linkPort(port).capturing();
    } catch (LabException unplugged) {
      // Another link could not be plugged in in place of the one that was there.
      return Optional.empty();
    }
  }

  @Override
  public final boolean adopt(JsonObject running) {
    return inTurn(
        () -> {
          doAdopt(running).ifPresent(this::become);
          return running().isPresent();
        });
  }

  @Override
  public final void release() {
    finish(this::doRelease);
  }

  @Override
  public final void close() {
    finish(
        () -> {
          stopIfRunning(this::doEnd);
          doClose();
          memory.forget();
        });
  }

  /** Starts; if it throws, nothing runs and everything taken is given back. */
  protected void doStart() {}

  protected void doStop() {}

  /** Stops a node that is closed: nothing that it does is of use later. */
  protected void doEnd() {
    doStop();
  }

  /**
   * What takes long before a stop, such as asking a guest to shut down; without the lock, so that
   * others need not wait.
   */
  protected void windDown() {}

  /** Suspends; whether it did, since most kinds cannot and say nothing about it. */
  protected boolean doSuspend() {
    return false;
  }

  /** Goes on after a {@link #doSuspend}. */
  protected void doResume() {}

  protected abstract void doUpdate(JsonObject settings);

  protected abstract void doAttach(PortAddress port, Nio nio);

  protected void doChange(PortAddress port, Nio nio) {
    throw LabException.notFound("Links of " + kind().wireName() + " nodes have no settings");
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
}
