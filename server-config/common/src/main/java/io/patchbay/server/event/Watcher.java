package io.patchbay.server.event;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One client that watches a feed: a queue and a virtual thread that sends from it. A ping comes
 * first, and again whenever nothing else was told for a while.
 */
public final class Watcher implements AutoCloseable {
  /** A client this many characters behind will not catch up; it reconnects and reads everything. */
  private static final int LIMIT = 16_000_000;

  private static final String END = "";

  private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger behind = new AtomicInteger();
  private final EventFeed feed;
  private final Outlet outlet;
  private final Duration pingInterval;
  private final Supplier<JsonObject> ping;
  private final Predicate<JsonObject> sight;
  private final Thread pump;
  private volatile boolean closed;

  /** Where messages go; called by one thread at a time. */
  public interface Outlet {
    /** Sends, waiting until the connection has taken the message; an interrupt ends the wait. */
    void send(String message) throws IOException, InterruptedException;

    /** Ends the connection; called once. */
    void close();
  }

  private Watcher(
      EventFeed feed,
      Outlet outlet,
      Duration pingInterval,
      Supplier<JsonObject> ping,
      Predicate<JsonObject> sight) {
    this.sight = sight;
    this.feed = feed;
    this.outlet = outlet;
    this.pingInterval = pingInterval;
    this.ping = ping;
    this.pump = Thread.ofVirtual().name("watcher").unstarted(this::pump);
  }

  /** Starts to watch everything. */
  public static Watcher start(
      EventFeed feed, Outlet outlet, Duration pingInterval, Supplier<JsonObject> ping) {
    return start(feed, outlet, pingInterval, ping, message -> true);
  }

  /**
   * Starts to watch; whatever is published from now on will be told.
   *
   * @param pingInterval how long it may be silent between pings
   * @param ping makes the {@code event} of a ping
   * @param sight which messages the client may see; asked by whoever publishes, so it must not wait
   */
  public static Watcher start(
      EventFeed feed,
      Outlet outlet,
      Duration pingInterval,
      Supplier<JsonObject> ping,
      Predicate<JsonObject> sight) {
    Watcher watcher = new Watcher(feed, outlet, pingInterval, ping, sight);
    feed.add(watcher);
    watcher.pump.start();
    return watcher;
  }

  boolean sees(JsonObject message) {
    return sight.test(message);
  }

  void offer(String message) {
    if (closed) {
      return;
    }
    if (behind.addAndGet(message.length()) > LIMIT) {
      close();
      // It may be in the middle of a message that the client does not take.
      pump.interrupt();
    } else {
      queue.add(message);
    }
  }

  private void pump() {
    try {
      outlet.send(pingMessage());
      while (!closed) {
        String told = queue.poll(pingInterval.toMillis(), TimeUnit.MILLISECONDS);
        if (told == null) {
          outlet.send(pingMessage());
        } else if (!closed) {
          outlet.send(told);
          behind.addAndGet(-told.length());
        }
      }
    } catch (IOException gone) {
      // The client left without a goodbye, as browsers and scripts do, or takes nothing any more.
    } catch (InterruptedException cutOff) {
      // It is too far behind. The flag stays clear: closing the connection must not be disturbed.
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
      queue.add(END);
    }
  }
}
