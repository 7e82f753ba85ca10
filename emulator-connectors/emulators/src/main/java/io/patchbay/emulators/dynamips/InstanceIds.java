package io.patchbay.emulators.dynamips;

import io.patchbay.spi.LabException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Numbers of routers, which name their files: each is unique in its project. Thread-safe. */
final class InstanceIds {
  private static final int LAST = 4096;

  private final Map<UUID, BitSet> taken = new HashMap<>();

  /** The first free number. */
  synchronized int lease(UUID project) {
    BitSet ids = taken.computeIfAbsent(project, unknown -> new BitSet());
    int id = ids.nextClearBit(1);
    if (id > LAST) {
      throw LabException.conflict("A project has at most " + LAST + " routers on a compute");
    }
    ids.set(id);
    return id;
  }

  /** This very number. */
  synchronized int lease(UUID project, int wanted) {
    if (wanted < 1 || wanted > LAST) {
      throw LabException.conflict("A Dynamips identifier is a number from 1 to " + LAST);
    }
    BitSet ids = taken.computeIfAbsent(project, unknown -> new BitSet());
    if (ids.get(wanted)) {
      throw LabException.conflict(
          "Dynamips identifier " + wanted + " is already used by another router");
    }
    ids.set(wanted);
    return wanted;
  }

  synchronized void release(UUID project, int id) {
    taken.computeIfPresent(
        project,
        (key, ids) -> {
          ids.clear(id);
          return ids.isEmpty() ? null : ids;
        });
  }
}
