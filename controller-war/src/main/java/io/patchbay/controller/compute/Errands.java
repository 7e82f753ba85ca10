package io.patchbay.controller.compute;

import io.patchbay.spi.LabException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a compute must still be told when it comes back. Thread-safe. */
final class Errands {
  private final ErrandStore store;
  private final String computeId;
  private final Set<Errand> waiting;

  Errands(ErrandStore store, String computeId) {
    this.store = store;
    this.computeId = computeId;
    this.waiting = new LinkedHashSet<>(store.of(computeId));
  }

  synchronized void add(Errand errand) {
    if (waiting.add(errand)) {
      store.keep(computeId, List.copyOf(waiting));
    }
  }

  private synchronized List<Errand> all() {
    return List.copyOf(waiting);
  }

  private synchronized void done(Errand errand) {
    waiting.remove(errand);
    store.keep(computeId, List.copyOf(waiting));
  }

  /** Forgets everything: the compute is none of ours any more. */
  synchronized void forget() {
    if (!waiting.isEmpty()) {
      waiting.clear();
      store.keep(computeId, List.of());
    }
  }

  /**
   * Does everything, in order; what the compute refuses is done too.
   *
   * @throws ComputeAway if it went away again; what is left waits for the next time
   */
  void run(ComputeHttp http) {
    for (Errand errand : all()) {
      try {
        http.json(ComputeClient.request(errand.method(), errand.path(), errand.body()));
      } catch (ComputeAway again) {
        throw again;
      } catch (LabException refused) {
        // It no longer knows what the errand was about.
      }
      done(errand);
    }
  }
}
