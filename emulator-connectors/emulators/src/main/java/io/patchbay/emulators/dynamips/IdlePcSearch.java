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

  /**
   * A router rests that uses less than this part of what it uses without a value: measured against
   * that, since others use the processor too.
   */
  private static final double RESTS = 0.5;

  private static final int PERCENT = 100;
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
    double restless = load(router);
    for (String proposal : measured) {
      Optional<String> value = Instance.idlePc(proposal);
      if (value.isPresent()) {
        router.instance().idlePcNow(value.get());
        if (load(router) < RESTS * restless) {
          return value.get();
        }
      }
    }
    throw LabException.conflict(
        "None of the idle-PC values "
            + String.join(", ", measured)
            + " lets the router rest, which uses "
            + Math.round(restless * PERCENT)
            + " % of a processor without");
  }

  /** Which part of a processor the router uses. */
  private static double load(RouterConnection router) {
    long begin = System.nanoTime();
    Duration before = router.cpuTime();
    pause(TRIAL);
    return router.cpuTime().minus(before).toNanos() / (double) (System.nanoTime() - begin);
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
