package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hypervisor.Instance;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds values of the program counter at which a router does nothing but wait, so that Dynamips can
 * let the processor rest there. A router that does not run is started for that, and stopped again.
 */
record IdlePcSearch(RouterNode node) {
  /** How long a value is tried. */
  private static final Duration TRIAL = Duration.ofSeconds(3);

  /** A router that uses less of a processor than this part rests. */
  private static final double RESTS = 0.7;

  private static final String NONE = "0x0";

  /**
   * Values with how often they were seen, as Dynamips words it.
   *
   * @param boot how long a router that was started for this may take to boot
   */
  List<String> proposals(Duration boot) {
    return whileRunning(boot, () -> measure(node.instance()));
  }

  private static List<String> measure(Instance instance) {
    instance.idlePcNow(NONE);
    return instance.measureIdlePcs();
  }

  /**
   * The first value at which the router rests; the node keeps it.
   *
   * @throws LabException (CONFLICT) if there is none
   */
  String best(Duration boot) {
    String found = whileRunning(boot, () -> tryAll(node.instance()));
    node.update(Json.createObjectBuilder().add("idlepc", found).build());
    return found;
  }

  private static String tryAll(Instance instance) {
    List<String> measured = measure(instance);
    if (measured.isEmpty()) {
      throw LabException.conflict("No idle-PC values were found");
    }
    for (String proposal : measured) {
      Optional<String> value = Instance.idlePc(proposal);
      if (value.isPresent() && rests(instance, value.get())) {
        return value.get();
      }
    }
    throw LabException.conflict("None of the idle-PC values lets the router rest");
  }

  private static boolean rests(Instance instance, String value) {
    instance.idlePcNow(value);
    long begin = System.nanoTime();
    long before = instance.cpuSeconds();
    pause(TRIAL);
    double used = instance.cpuSeconds() - before;
    double elapsed = (System.nanoTime() - begin) / (double) Duration.ofSeconds(1).toNanos();
    return used / elapsed < RESTS;
  }

  private <T> T whileRunning(Duration boot, java.util.function.Supplier<T> work) {
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
