package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hypervisor.Instance;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds values of the program counter at which a router does nothing but wait, so that Dynamips can
 * let the processor rest there. A router that does not run is started for that, and stopped again.
 */
record IdlePcSearch(RouterNode node) {
  /** How long a value is tried. */
  private static final Duration TRIAL = Duration.ofSeconds(3);

  /** A router rests whose processor sleeps for more than the other part of the time. */
  private static final double RESTS = 0.7;

  private static final String NONE = "0x0";

  /**
   * Values with how often they were seen, as Dynamips words it.
   *
   * @param boot how long a router that was started for this may take to boot
   */
  List<String> proposals(Duration boot) {
    return whileRunning(boot, () -> measure(node.connection()));
  }

  private static List<String> measure(RouterConnection router) {
    router.instance().idlePcNow(NONE);
    return router.instance().measureIdlePcs();
  }

  /**
   * The first value at which the router rests; the node keeps it.
   *
   * @throws LabException (CONFLICT) if there is none
   */
  String best(Duration boot) {
    String found = whileRunning(boot, () -> tryAll(node.connection()));
    node.update(Json.createObjectBuilder().add("idlepc", found).build());
    return found;
  }

  private static String tryAll(RouterConnection router) {
    List<String> measured = measure(router);
    if (measured.isEmpty()) {
      throw LabException.conflict("No idle-PC values were found");
    }
    for (String proposal : measured) {
      Optional<String> value = Instance.idlePc(proposal);
      if (value.isPresent() && rests(router, value.get())) {
        return value.get();
      }
    }
    throw LabException.conflict(
        "None of the idle-PC values lets the router rest: " + String.join(", ", measured));
  }

  private static boolean rests(RouterConnection router, String value) {
    router.instance().idlePcNow(value);
    ThreadLoad before = router.load();
    pause(TRIAL);
    return router.load().busiestSince(before) < RESTS;
  }

  private <T> T whileRunning(Duration boot, Supplier<T> work) {
    boolean started = node.describe().getString("status").equals("started");
    if (!started) {
      node.start();
      pause(boot);
    }
    try {
      return work.get();
    } finally {
      if (!started) {
        node.stop();
      }
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LabException.conflict("The measurement was interrupted");
    }
  }
}
