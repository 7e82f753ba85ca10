package io.patchbay.server.event;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells watchers what happens, each in the order it was published. Publishing never waits for a
 * watcher: one that cannot keep up is cut off.
 */
public final class EventFeed {
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

  /** Publishes {@code {"action": ..., "event": ...}}. */
  public void publish(String action, JsonObject event) {
    if (!watchers.isEmpty()) {
      publish(message(action, event));
    }
  }

  /** Publishes a message that is complete. */
  public void publish(JsonObject message) {
    String text = message.toString();
    for (Watcher watcher : watchers) {
      if (watcher.sees(message)) {
        watcher.offer(text);
      }
    }
  }

  public static JsonObject message(String action, JsonObject event) {
    return Json.createObjectBuilder().add("action", action).add("event", event).build();
  }

  /** Whether anybody watches. */
  public boolean isWatched() {
    return !watchers.isEmpty();
  }

  /** How many watch. */
  public int watchers() {
    return watchers.size();
  }

  /** Lets everybody go who watches. */
  public void dropWatchers() {
    watchers.forEach(Watcher::close);
  }

  void add(Watcher watcher) {
    watchers.add(watcher);
  }

  void remove(Watcher watcher) {
    watchers.remove(watcher);
  }
}
