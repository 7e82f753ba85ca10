package io.patchbay.controller.compute;

import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a compute must still be told when it comes back. Thread-safe. */
final class Errands {
  private final Set<Errand> waiting = new LinkedHashSet<>();

  /** A request whose answer nobody needs. */
  record Errand(String method, String path, JsonObject body) {}

  synchronized void add(Errand errand) {
    waiting.add(errand);
  }

  private synchronized List<Errand> all() {
    return List.copyOf(waiting);
  }

  private synchronized void done(Errand errand) {
    waiting.remove(errand);
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
