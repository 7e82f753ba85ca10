package io.patchbay.runtime.link;

import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.netstack.link.LinkEnd;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What passed the ports of a compute since it started, also those that are gone. Thread-safe. */
public final class Traffic {
  // With the port of each, if it has one: thousands of ends may go at once.
  private final Map<LinkEnd, OptionalInt> ends = new HashMap<>();
  private final Map<Integer, LinkEnd> tunnels = new HashMap<>();
  private final LinkCounters gone = new LinkCounters();

  synchronized void add(LinkEnd end) {
    ends.put(end, OptionalInt.empty());
  }

  /**
   * @param udpPort by which the end is asked for
   */
  synchronized void add(LinkEnd end, int udpPort) {
    ends.put(end, OptionalInt.of(udpPort));
    tunnels.put(udpPort, end);
  }

  /** To be called before the end is closed; harmless if it was. */
  synchronized void remove(LinkEnd end) {
    OptionalInt port = ends.remove(end);
    if (port != null) {
      gone.add(end.counters());
      port.ifPresent(number -> tunnels.remove(number, end));
    }
  }

  /** The sum of all ports; a frame between two nodes of the compute counts at both. */
  public synchronized LinkCounters total() {
    LinkCounters total = new LinkCounters();
    total.add(gone);
    ends.keySet().forEach(end -> total.add(end.counters()));
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
