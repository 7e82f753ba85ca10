package io.patchbay.server.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RepeatingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
  }

  @Test
  void aRoundThatFailsIsNotTheLast() throws Exception {
    CountDownLatch rounds = new CountDownLatch(3);
    AtomicReference<ClassLoader> loader = new AtomicReference<>();
    Repeating repeating =
        Repeating.start(
            "test",
            took -> Duration.ofMillis(1),
            () -> {
              loader.set(Thread.currentThread().getContextClassLoader());
              rounds.countDown();
              throw new IllegalStateException("of the test");
            });
    await(rounds);
    repeating.close();
    assertSame(Thread.currentThread().getContextClassLoader(), loader.get());
  }

  @Test
  void itEndsWhenItIsClosed() throws Exception {
    CountDownLatch inRound = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    List<Duration> taken = new ArrayList<>();
    Repeating repeating =
        Repeating.start(
            "test",
            took -> {
              taken.add(took);
              return Duration.ZERO;
            },
            () -> {
              inRound.countDown();
              try {
                Thread.sleep(PATIENCE);
              } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
                ended.countDown();
              }
            });
    await(inRound);
    assertEquals(List.of(Duration.ZERO), taken);
    repeating.close();
    await(ended);
  }
}
