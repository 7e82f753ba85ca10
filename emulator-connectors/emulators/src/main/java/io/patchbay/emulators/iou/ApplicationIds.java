package io.patchbay.emulators.iou;

import io.patchbay.spi.LabException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The application ids of the nodes of a compute. Controllers choose them; two nodes may have one,
 * such as of two controllers, but do not run at the same time. Thread-safe.
 */
final class ApplicationIds {
  private final Map<Integer, Integer> users = new HashMap<>();

  /**
   * @throws LabException (CONFLICT) if there is no such id
   */
  synchronized int use(int id) {
    if (id < 1 || id > NetioNumbers.LAST) {
      throw LabException.conflict("An application id is a number from 1 to " + NetioNumbers.LAST);
    }
    users.merge(id, 1, Integer::sum);
    return id;
  }

  /**
   * One that no node here has.
   *
   * @throws LabException (CONFLICT) if there is none
   */
  synchronized int useAny() {
    return use(
        IntStream.rangeClosed(1, NetioNumbers.LAST)
            .filter(id -> !users.containsKey(id))
            .filter(id -> !users.containsKey(NetioNumbers.bridgeOf(id)))
            .findFirst()
            .orElseThrow(() -> LabException.conflict("No application id is free on this compute")));
  }

  synchronized void release(int id) {
    users.computeIfPresent(id, (key, count) -> count == 1 ? null : count - 1);
  }
}
