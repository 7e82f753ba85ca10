package io.patchbay.controller.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.server.event.EventFeed;
import io.patchbay.server.event.Watcher;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final EventFeed feed = new EventFeed();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final AtomicLong clock = new AtomicLong();

  private String next() throws InterruptedException {
    String message = told.poll(30, TimeUnit.SECONDS);
    return message == null ? "nothing was told" : message;
  }

  @Test
  void isToldOnceASecondAtMost() throws InterruptedException {
    Watcher.Outlet outlet =
        new Watcher.Outlet() {
          @Override
          public void send(String message) {
            told.add(message);
          }

          @Override
          public void close() {
            // Nothing to close.
          }
        };
    Watcher watcher =
        Watcher.start(feed, outlet, Duration.ofHours(1), () -> JsonValue.EMPTY_JSON_OBJECT);
    try {
      assertTrue(next().contains("ping"));
      Progress progress = new Progress(feed, "x", "Export of x", 1000, clock::get);
      progress.accept(100);
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
      progress.accept(150);
      progress.accept(500);
      clock.addAndGet(Duration.ofSeconds(2).toNanos());
      progress.accept(250);
      assertTrue(next().contains("Export of x: 25 %"));
      assertTrue(next().contains("Export of x: 100 %"));
      assertEquals(0, told.size());
    } finally {
      watcher.close();
    }
  }
}
