package io.patchbay.controller.project;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BackgroundOpeningsTest {
  private final BackgroundOpenings openings = new BackgroundOpenings();

  @Test
  void withoutAnyTheyAreDone() {
    assertTrue(openings.wereDone());
  }

  @Test
  @Timeout(30)
  void theyAreDoneWhenTheLastOneHasEndedEvenIfItFailed() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    openings.start(project("one"), () -> await(go));
    openings.start(
        project("two"),
        () -> {
          await(go);
          throw new IllegalStateException("cannot be opened");
        });
    assertFalse(openings.wereDone());
    go.countDown();
    while (!openings.wereDone()) {
      Thread.sleep(Duration.ofMillis(5));
    }
    openings.start(project("three"), () -> await(new CountDownLatch(1)));
    assertTrue(openings.wereDone(), "a server that was ready stays so");
  }

  private static Project project(String id) {
    return new Project(id, Path.of(id), id + ".gns3", JsonValue.EMPTY_JSON_OBJECT);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
