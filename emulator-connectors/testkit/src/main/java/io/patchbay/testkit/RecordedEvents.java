package io.patchbay.testkit;

import io.patchbay.spi.NodeEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps what a node tells, in order. */
public final class RecordedEvents implements Consumer<NodeEvent> {
  private final List<NodeEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void accept(NodeEvent event) {
    events.add(event);
  }

  /** The {@code status} of each update. */
  public List<String> statuses() {
    return events.stream()
        .filter(NodeEvent.Updated.class::isInstance)
        .map(event -> ((NodeEvent.Updated) event).node().getString("status"))
        .toList();
  }

  /** The sentences for the user. */
  public List<String> logs() {
    return events.stream()
        .filter(NodeEvent.Log.class::isInstance)
        .map(event -> ((NodeEvent.Log) event).message())
        .toList();
  }

  public void forget() {
    events.clear();
  }
}
