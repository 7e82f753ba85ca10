package io.patchbay.runtime.link;

import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.netstack.link.LinkEnd;
import java.util.HashSet;
import java.util.Set;

/** What passed the ports of a compute since it started, also those that are gone. Thread-safe. */
public final class Traffic {
  private final Set<LinkEnd> ends = new HashSet<>();
  private final LinkCounters gone = new LinkCounters();

  synchronized void add(LinkEnd end) {
    ends.add(end);
  }

  /** To be called before the end is closed; harmless if it was. */
  synchronized void remove(LinkEnd end) {
    if (ends.remove(end)) {
      gone.add(end.counters());
    }
  }

  /** The sum of all ports; a frame between two nodes of the compute counts at both. */
  public synchronized LinkCounters total() {
    LinkCounters total = new LinkCounters();
    total.add(gone);
    ends.forEach(end -> total.add(end.counters()));
    return total;
  }
}
