package io.patchbay.server.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatcherTest {
  private static final String BIG = "x".repeat(1_000_000);

  private final EventFeed feed = new EventFeed();

  private static class Client implements Watcher.Outlet {
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final CountDownLatch cutOff = new CountDownLatch(1);

    @Override
    public void send(String message) throws IOException, InterruptedException {
      heard.add(message);
    }

    @Override
    public void close() {
      cutOff.countDown();
    }

    String next() throws InterruptedException {
      String message = heard.poll(20, TimeUnit.SECONDS);
      assertTrue(message != null, "nothing was told");
      return message;
    }
  }

  /** Takes one message and never comes back from it. */
  private static final class StuckClient extends Client {
    @Override
    public void send(String message) throws IOException, InterruptedException {
      super.send(message);
      new CountDownLatch(1).await();
    }
  }

  private Watcher watch(Client client, Duration pingInterval) {
    return Watcher.start(feed, client, pingInterval, () -> JsonValue.EMPTY_JSON_OBJECT);
  }

  @Test
  void pingsFirstAndThenTellsInOrder() throws Exception {
    Client client = new Client();
    watch(client, Duration.ofMinutes(1));
    for (int number = 0; number < 100; number++) {
      feed.publish("event" + number, JsonValue.EMPTY_JSON_OBJECT);
    }
    assertTrue(client.next().contains("ping"));
    for (int number = 0; number < 100; number++) {
      assertTrue(client.next().contains("\"event" + number + "\""));
    }
  }

  @Test
  void pingsAgainWhenItIsSilent() throws Exception {
    Client client = new Client();
    watch(client, Duration.ofMillis(1));
    for (int number = 0; number < 3; number++) {
      assertTrue(client.next().contains("ping"));
    }
  }

  @Test
  void aClientThatTakesNothingIsCutOffAndDelaysNobody() throws Exception {
    StuckClient stuck = new StuckClient();
    Client other = new Client();
    watch(stuck, Duration.ofMinutes(1));
    watch(other, Duration.ofMinutes(1));
    assertTrue(stuck.next().contains("ping"));
    assertTrue(other.next().contains("ping"));
    for (int number = 0; number < 40; number++) {
      feed.publish(BIG, JsonValue.EMPTY_JSON_OBJECT);
      assertTrue(other.next().contains(BIG));
    }
    assertTrue(stuck.cutOff.await(20, TimeUnit.SECONDS), "it is still served");
    assertEquals(0, stuck.heard.size());
    assertEquals(1, other.cutOff.getCount());
  }

  @Test
  void closingEndsTheConnectionAndTheFeedIsUnwatched() throws Exception {
    Client client = new Client();
    Watcher watcher = watch(client, Duration.ofMinutes(1));
    assertTrue(feed.isWatched());
    watcher.close();
    assertTrue(client.cutOff.await(20, TimeUnit.SECONDS));
    assertFalse(feed.isWatched());
  }

  @Test
  void aClientThatHasGoneIsForgotten() throws Exception {
    Client gone =
        new Client() {
          @Override
          public void send(String message) throws IOException {
            throw new IOException("gone");
          }
        };
    watch(gone, Duration.ofMinutes(1));
    assertTrue(gone.cutOff.await(20, TimeUnit.SECONDS));
    assertFalse(feed.isWatched());
  }
}
