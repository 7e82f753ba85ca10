package io.patchbay.server.event;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One client that watches a feed: a queue and a virtual thread that sends from it. A ping comes
 * first, and again whenever nothing else was told for a while.
 */
public final class Watcher implements AutoCloseable {
  /** A client this many messages behind will not catch up; it reconnects and reads everything. */
  private static final int CAPACITY = 20_000;

  private static final String END = "";

  private final BlockingQueue<String> queue = new LinkedBlockingQueue<>(CAPACITY);
  private final EventFeed feed;
  private final Outlet outlet;
  private final Duration pingInterval;
  private final Supplier<JsonObject> ping;
  private volatile boolean closed;

  /** Where messages go; called by one thread at a time. */
  public interface Outlet {
    void send(String message) throws IOException;

    /** Ends the connection; called once. */
    void close();
  }

  private Watcher(EventFeed feed, Outlet outlet, Duration pingInterval, Supplier<JsonObject> ping) {
    this.feed = feed;
    this.outlet = outlet;
    this.pingInterval = pingInterval;
    this.ping = ping;
  }

  /**
   * Starts to watch; whatever is published from now on will be told.
   *
   * @param pingInterval how long it may be silent between pings
   * @param ping makes the {@code event} of a ping
   */
  public static Watcher start(
      EventFeed feed, Outlet outlet, Duration pingInterval, Supplier<JsonObject> ping) {
    Watcher watcher = new Watcher(feed, outlet, pingInterval, ping);
    feed.add(watcher);
    Thread.ofVirtual().name("watcher").start(watcher::pump);
    return watcher;
  }

  void offer(String message) {
    if (!closed && !queue.offer(message)) {
      close();
    }
  }

  private void pump() {
    try {
      String next = pingMessage();
      while (!closed) {
        outlet.send(next);
        String told = queue.poll(pingInterval.toMillis(), TimeUnit.MILLISECONDS);
        next = told == null ? pingMessage() : told;
      }
    } catch (IOException gone) {
      // The client left without a goodbye, as browsers and scripts do.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
      feed.remove(this);
      outlet.close();
    }
  }

  private String pingMessage() {
    return EventFeed.message("ping", ping.get()).toString();
  }

  /** Stops watching; the connection ends soon after. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      feed.remove(this);
      queue.clear();
      queue.offer(END);
    }
  }
}
