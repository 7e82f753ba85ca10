package io.patchbay.runtime.survival;

import io.patchbay.spi.CaptureRequest;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What one node writes down for a later server, and what is plugged into it, which the node itself
 * need not know. For use under the node's lock.
 */
public final class NodeMemory {
  private final RunStates states;
  private final NodeSite site;
  private final NodeKind kind;
  private final SequencedMap<PortAddress, Nio> plugged = new LinkedHashMap<>();
  private Optional<NodeState> written = Optional.empty();
  private boolean kept;

  public NodeMemory(RunStates states, NodeSite site, NodeKind kind) {
    this.states = states;
    this.site = site;
    this.kind = kind;
  }

  public void plugged(PortAddress port, Nio nio) {
    plugged.putLast(port, nio);
  }

  /** What is plugged in has other settings now. */
  public void changed(PortAddress port, Nio nio) {
    plugged.put(port, nio);
  }

  public void unplugged(PortAddress port) {
    plugged.remove(port);
  }

  /** From now on the node is written down. */
  public void keep() {
    kept = true;
  }

  /**
   * Writes the node down if anything is different; does nothing before {@link #keep}.
   *
   * @param settings a body that creates the node
   * @param capturing what is captured at a port where something is plugged in
   * @param running see {@link NodeState#running}
   */
  public void write(
      Supplier<JsonObject> settings,
      Function<PortAddress, Optional<CaptureRequest>> capturing,
      Optional<JsonObject> running) {
    if (!kept) {
      return;
    }
    Map<PortAddress, CaptureRequest> captures = new HashMap<>();
    plugged
        .keySet()
        .forEach(port -> capturing.apply(port).ifPresent(now -> captures.put(port, now)));
    NodeState now =
        new NodeState(
            site.nodeId(),
            kind.wireName(),
            settings.get(),
            Collections.unmodifiableSequencedMap(new LinkedHashMap<>(plugged)),
            captures,
            running);
    if (!written.equals(Optional.of(now))) {
      states.save(site.projectId(), now);
      written = Optional.of(now);
    }
  }

  /** Takes back what was written down: the node is gone. */
  public void forget() {
    if (kept) {
      states.forget(site.projectId(), site.nodeId());
    }
  }
}
