package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Paths with a smaller MTU than the link's (RFC 1191, RFC 8201). Used under the host's lock. */
final class PathMtuTable {
  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final int CAPACITY = 64;

  private final HostCore core;
  private final int least;
  private final Map<IpAddress, Known> paths = new LinkedHashMap<>();

  private record Known(int mtu, long at) {}

  /**
   * @param least what every path must carry; smaller values are not believed
   */
  PathMtuTable(HostCore core, int least) {
    this.core = core;
    this.least = least;
  }

  void learn(IpAddress destination, int mtu) {
    int believed = Math.max(least, mtu);
    if (believed < core.mtu()) {
      paths.remove(destination);
      if (paths.size() >= CAPACITY) {
        paths.remove(paths.keySet().iterator().next());
      }
      paths.put(destination, new Known(believed, core.nanos()));
    }
  }

  int find(IpAddress destination) {
    Known known = paths.get(destination);
    if (known == null) {
      return core.mtu();
    }
    if (core.nanos() - known.at > LIFETIME.toNanos()) {
      paths.remove(destination);
      return core.mtu();
    }
    return Math.min(core.mtu(), known.mtu);
  }

  List<PathMtu> snapshot() {
    List<PathMtu> all = new ArrayList<>();
    paths.forEach(
        (address, known) -> {
          long left = LIFETIME.toNanos() - (core.nanos() - known.at);
          if (left > 0) {
            all.add(new PathMtu(address, known.mtu, (int) Duration.ofNanos(left).toSeconds()));
          }
        });
    return List.copyOf(all);
  }
}
