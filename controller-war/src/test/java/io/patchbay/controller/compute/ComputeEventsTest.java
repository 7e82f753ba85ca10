package io.patchbay.controller.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.controller.notification.Feeds;
import io.patchbay.server.event.Watcher;
import io.patchbay.spi.Json;
import io.patchbay.testkit.Deadline;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the controller makes of the coming, the words and the going of its computes. */
class ComputeEventsTest {
  private static final Duration SILENCE = Duration.ofSeconds(4);

  @TempDir private Path directory;
  private final FakeCompute fake = new FakeCompute();
  private final FakeCompute other = new FakeCompute();
  private final Feeds feeds = new Feeds();
  private final List<String> news = new CopyOnWriteArrayList<>();
  private final List<String> published = new CopyOnWriteArrayList<>();
  private final AtomicInteger greetings = new AtomicInteger();
  private Watcher watcher;
  private Computes computes;
  private ComputeEvents events;

  private final class Heard implements ComputeEvents.News {
    @Override
    public void connected(Compute compute) {
      news.add("connected " + compute.id());
    }

    @Override
    public void away(Compute compute) {
      news.add("away " + compute.id());
    }

    @Override
    public void nodeUpdated(Compute compute, String projectId, JsonObject node) {
      news.add("node " + projectId + " " + node);
    }

    @Override
    public void captureTroubled(Compute compute, String projectId, JsonObject capture) {
      news.add("capture " + projectId + " " + capture);
    }

    @Override
    public void tell(String projectId, String action, JsonObject event) {
      news.add(action + " " + projectId + " " + event);
    }
  }

  private static final class Nowhere implements Watcher.Outlet {
    private final List<String> sent;

    Nowhere(List<String> sent) {
      this.sent = sent;
    }

    @Override
    public void send(String message) {
      sent.add(message);
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void start() {
    watcher =
        Watcher.start(
            feeds.controller(),
            new Nowhere(published),
            Duration.ofHours(1),
            () -> JsonValue.EMPTY_JSON_OBJECT);
    computes =
        new Computes(
            fake.settings(Computes.LOCAL),
            new Compute.Local("127.0.0.1", Optional.empty()),
            new ComputeStore(directory.resolve("computes.json")),
            new ErrandStore(directory.resolve("errands.json")),
            feeds);
    events =
        new ComputeEvents(
            computes,
            new Heard(),
            feeds,
            SILENCE,
            () -> {
              greetings.incrementAndGet();
              return "ready";
            });
    events.start(this);
  }

  @AfterEach
  void end() {
    events.stop();
    watcher.close();
    fake.close();
    other.close();
  }

  private void await(String wanted) {
    Deadline.await(wanted, () -> news.contains(wanted));
  }

  private static JsonObject message(String action) {
    return Json.createObjectBuilder()
        .add("action", action)
        .add("project_id", "p")
        .add("event", Json.createObjectBuilder().add("x", 1))
        .build();
  }

  @Test
  void whatAComputeTellsGoesToThoseItConcerns() {
    fake.open();
    await("connected local");
    for (String action :
        List.of("log.error", "node.updated", "something.else", "capture.troubled", "log.info")) {
      fake.tell(message(action));
    }
    await("log.info p {\"x\":1}");
    assertEquals(
        List.of(
            "log.error p {\"x\":1}",
            "node p {\"x\":1}",
            "capture p {\"x\":1}",
            "log.info p {\"x\":1}"),
        news.stream().filter(text -> text.contains(" p ")).toList());
  }

  @Test
  void messagesOfOddFormsDoNoHarm() {
    fake.open();
    await("connected local");
    fake.tell(Json.createObjectBuilder().add("action", "node.updated").build());
    fake.tell(Json.createObjectBuilder().add("action", 7).add("event", "none").build());
    fake.tell(Json.createObjectBuilder().add("project_id", 7).add("action", "log.info").build());
    fake.tell(message("log.warning"));
    await("log.warning p {\"x\":1}");
    assertTrue(news.contains("node  {}"), news.toString());
  }

  @Test
  void comingAndGoingIsPublishedAndTheGreetingComesOnce() {
    fake.open();
    await("connected local");
    Deadline.await("it is published", () -> isPublished(true));
    fake.leave();
    await("away local");
    Deadline.await("that too", () -> isPublished(false));
    news.clear();
    fake.open();
    await("connected local");
    assertEquals(1, greetings.get());
  }

  private boolean isPublished(boolean connected) {
    return published.stream()
        .anyMatch(
            text ->
                text.contains("compute.updated") && text.contains("\"connected\":" + connected));
  }

  @Test
  void computesThatComeLaterAreFollowedUntilTheyAreLeft() {
    fake.open();
    other.open();
    await("connected local");
    Compute second = computes.register(other.registration("second"));
    await("connected second");
    events.leave(second);
    news.clear();
    other.leave();
    other.open();
    fake.tell(message("log.info"));
    await("log.info p {\"x\":1}");
    assertFalse(news.contains("connected second"), news.toString());
    events.leave(second);
    events.reconnect(second);
  }

  /** If that of this very process says nothing, the process has no time, and no request may end. */
  @Test
  void aSilentComputeIsGivenUpUnlessItIsThisProcess() {
    fake.open();
    other.open();
    await("connected local");
    computes.register(other.registration("second"));
    await("connected second");
    fake.hang();
    other.hang();
    await("away second");
    assertFalse(news.contains("away local"), news.toString());
  }
}
