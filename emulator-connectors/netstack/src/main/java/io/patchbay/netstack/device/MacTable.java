package io.patchbay.netstack.device;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Where addresses were last seen. Bounded; entries age. Thread-safe. */
final class MacTable {
  private static final int CAPACITY = 8192;
  private static final long REFRESH = Duration.ofSeconds(1).toNanos();

  private final ConcurrentHashMap<Long, Seen> entries = new ConcurrentHashMap<>();
  private final long maxAge;
  private final LongSupplier clock;

  private record Seen(int port, long at) {}

  MacTable(Duration maxAge, LongSupplier clock) {
    this.maxAge = maxAge.toNanos();
    this.clock = clock;
  }

  private static long key(int vlan, long mac) {
    return (long) vlan << 48 | mac;
  }

  void learn(int vlan, long mac, int port) {
    long now = clock.getAsLong();
    Long key = key(vlan, mac);
    Seen known = entries.get(key);
    // Most frames teach nothing new; writing for each would make all threads contend.
    if (known != null && known.port == port && now - known.at < REFRESH) {
      return;
    }
    if (known != null || entries.size() < CAPACITY || forgetOld(now)) {
      entries.put(key, new Seen(port, now));
    }
  }

  /**
   * The port behind which an address is.
   *
   * @return -1 if that is not known
   */
  int find(int vlan, long mac) {
    Long key = key(vlan, mac);
    Seen known = entries.get(key);
    if (known == null) {
      return -1;
    }
    if (clock.getAsLong() - known.at > maxAge) {
      entries.remove(key, known);
      return -1;
    }
    return known.port;
  }

  void forget(int port) {
    entries.values().removeIf(seen -> seen.port == port);
  }

  void clear() {
    entries.clear();
  }

  private boolean forgetOld(long now) {
    entries.values().removeIf(seen -> now - seen.at > maxAge);
    return entries.size() < CAPACITY;
  }

  List<MacEntry> snapshot() {
    long now = clock.getAsLong();
    return entries.entrySet().stream()
        .filter(entry -> now - entry.getValue().at <= maxAge)
        .map(
            entry ->
                new MacEntry(
                    (int) (entry.getKey() >>> 48),
                    entry.getKey() & 0xffff_ffff_ffffL,
                    entry.getValue().port))
        .sorted()
        .toList();
  }
}
