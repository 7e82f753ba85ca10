package io.patchbay.server.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventFeedTest {
  private static final Duration SILENCE = Duration.ofHours(1);
  private static final long PATIENCE = 20;

  private final EventFeed feed = new EventFeed();

  /** A client that notes what it is sent. */
  private static class Client implements Watcher.Outlet {
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void send(String message) throws IOException {
      heard.add(message);
    }

    @Override
    public void close() {
      closed.countDown();
    }

    String next() throws InterruptedException {
      String message = heard.poll(PATIENCE, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("nothing was told");
      }
      return message;
    }
  }

  private Watcher watch(Client client, Duration pingInterval) {
    return Watcher.start(feed, client, pingInterval, () -> JsonValue.EMPTY_JSON_OBJECT);
  }

  private static JsonObject number(int number) {
    return Json.createObjectBuilder().add("n", number).build();
  }

  @Test
  void pingComesFirstThenAllInOrder() throws Exception {
    Client client = new Client();
    Watcher watcher = watch(client, SILENCE);
    for (int i = 0; i < 100; i++) {
      feed.publish("count", number(i));
    }
    assertEquals("{\"action\":\"ping\",\"event\":{}}", client.next());
    for (int i = 0; i < 100; i++) {
      assertEquals("{\"action\":\"count\",\"event\":{\"n\":" + i + "}}", client.next());
    }
    watcher.close();
    assertTrue(client.closed.await(PATIENCE, TimeUnit.SECONDS));
    assertFalse(feed.isWatched());
  }

  @Test
  void silenceIsBrokenByPings() throws Exception {
    Client client = new Client();
    Watcher watcher = watch(client, Duration.ofMillis(1));
    assertTrue(client.next().contains("ping"));
    assertTrue(client.next().contains("ping"));
    watcher.close();
  }

  @Test
  void slowClientIsCutOffAndDelaysNobody() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    Client slow =
        new Client() {
          @Override
          public void send(String message) throws IOException {
            try {
              stuck.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Client quick = new Client();
    watch(slow, SILENCE);
    Watcher watcher = watch(quick, SILENCE);
    assertTrue(quick.next().contains("ping"));
    for (int batch = 0; batch < 25; batch++) {
      for (int i = 0; i < 1000; i++) {
        feed.publish("count", number(i));
      }
      for (int i = 0; i < 1000; i++) {
        assertTrue(quick.next().contains("\"n\":" + i + "}"));
      }
    }
    stuck.countDown();
    assertTrue(slow.closed.await(PATIENCE, TimeUnit.SECONDS), "it was not cut off");
    watcher.close();
  }

  @Test
  void clientThatHasGoneIsForgotten() throws Exception {
    Client gone =
        new Client() {
          @Override
          public void send(String message) throws IOException {
            throw new IOException("gone");
          }
        };
    watch(gone, SILENCE);
    assertTrue(gone.closed.await(PATIENCE, TimeUnit.SECONDS));
    assertFalse(feed.isWatched());
  }
}
