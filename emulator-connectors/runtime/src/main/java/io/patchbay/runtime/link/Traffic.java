package io.patchbay.runtime.link;

import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.netstack.link.LinkEnd;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What passed the ports of a compute since it started, also those that are gone. Thread-safe. */
public final class Traffic {
  private final Set<LinkEnd> ends = new HashSet<>();
  private final Map<Integer, LinkEnd> tunnels = new HashMap<>();
  private final LinkCounters gone = new LinkCounters();

  synchronized void add(LinkEnd end) {
    ends.add(end);
  }

  /**
   * @param udpPort by which the end is asked for
   */
  synchronized void add(LinkEnd end, int udpPort) {
    ends.add(end);
    tunnels.put(udpPort, end);
  }

  /** To be called before the end is closed; harmless if it was. */
  synchronized void remove(LinkEnd end) {
    if (ends.remove(end)) {
      gone.add(end.counters());
      tunnels.values().remove(end);
    }
  }

  /** The sum of all ports; a frame between two nodes of the compute counts at both. */
  public synchronized LinkCounters total() {
    LinkCounters total = new LinkCounters();
    total.add(gone);
    ends.forEach(end -> total.add(end.counters()));
    return total;
  }

  /**
   * What passed the end of a link, seen from its node, since it was plugged in.
   *
   * @param udpPort the one of this end
   */
  public synchronized Optional<LinkCounters> at(int udpPort) {
    return Optional.ofNullable(tunnels.get(udpPort)).map(LinkEnd::counters);
  }
}
