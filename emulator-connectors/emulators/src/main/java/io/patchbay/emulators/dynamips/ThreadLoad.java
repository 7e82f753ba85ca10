package io.patchbay.emulators.dynamips;

import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * For how long the threads of a process have been running or waiting for a processor, from Linux'
 * proc(5). That does not depend on what else the machine has to do: a thread that never sleeps has
 * all of the time that has passed.
 *
 * @param nanoseconds by thread
 * @param taken when that was, as {@link System#nanoTime} counts
 */
record ThreadLoad(Map<String, Long> nanoseconds, long taken) {
  /** Those that a process has now; none if the system does not tell. */
  static Set<String> threads(long pid) {
    try (Stream<Path> threads = Files.list(tasks(pid))) {
      return threads.map(thread -> thread.getFileName().toString()).collect(Collectors.toSet());
    } catch (IOException unknown) {
      return Set.of();
    }
  }

  private static Path tasks(long pid) {
    return Path.of("/proc/" + pid + "/task");
  }

  /**
   * @param threads those that are of interest
   * @throws LabException (CONFLICT) if the system does not tell
   */
  static ThreadLoad of(long pid, Set<String> threads) {
    Map<String, Long> busy = new HashMap<>();
    for (String thread : threads) {
      try {
        // Time on a processor, time of waiting for one, and how often it was given one.
        String[] numbers = Files.readString(tasks(pid).resolve(thread + "/schedstat")).split(" ");
        busy.put(thread, Long.parseLong(numbers[0]) + Long.parseLong(numbers[1]));
      } catch (IOException | NumberFormatException ended) {
        // It has nothing to do any more.
      }
    }
    if (busy.isEmpty()) {
      throw LabException.conflict("This system does not tell how busy the router is");
    }
    return new ThreadLoad(busy, System.nanoTime());
  }

  /** Which part of the time since then the busiest thread has not slept, about 0 to 1. */
  double busiestSince(ThreadLoad before) {
    List<Long> spent =
        nanoseconds.entrySet().stream()
            .map(thread -> thread.getValue() - before.nanoseconds.getOrDefault(thread.getKey(), 0L))
            .toList();
    return spent.stream().mapToLong(Long::longValue).max().orElse(0)
        / (double) (taken - before.taken);
  }
}
