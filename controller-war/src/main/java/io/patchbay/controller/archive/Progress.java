package io.patchbay.controller.archive;

import io.patchbay.server.event.EventFeed;
import io.patchbay.spi.Json;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Tells the watchers of a feed how far something is that takes its time; at most once a second, so
 * small things say nothing. Not for use by several threads.
 */
final class Progress implements LongConsumer {
  private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

  private final EventFeed feed;
  private final String projectId;
  private final String what;
  private final long total;
  private final LongSupplier clock;
  private long done;
  private long lastTold;

  /**
   * @param projectId of the project that it is about; who does not see that is told nothing
   * @param what such as {@code Export of project x}
   * @param total in bytes; 0 if it is not known
   * @param clock in nanoseconds
   */
  Progress(EventFeed feed, String projectId, String what, long total, LongSupplier clock) {
    this.feed = feed;
    this.projectId = projectId;
    this.what = what;
    this.total = total;
    this.clock = clock;
    this.lastTold = clock.getAsLong();
  }

  Progress(EventFeed feed, String projectId, String what, long total) {
    this(feed, projectId, what, total, System::nanoTime);
  }

  /** So many more bytes are done. */
  @Override
  public void accept(long bytes) {
    done += bytes;
    long now = clock.getAsLong();
    if (now - lastTold >= INTERVAL) {
      lastTold = now;
      String state = total > 0 ? Math.min(100, done * 100 / total) + " %" : (done >> 20) + " MiB";
      feed.publish(
          "log.info",
          Json.createObjectBuilder()
              .add("message", what + ": " + state)
              .add("project_id", projectId)
              .build());
    }
  }
}
