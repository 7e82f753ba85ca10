package io.patchbay.runtime.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void waitsDoubleUpToTheBoundAndBeginAnewAfterWhatLasted() {
    Backoff backoff =
        new Backoff(Duration.ofMillis(10), Duration.ofMillis(35), Duration.ofSeconds(1));
    assertEquals(Duration.ofMillis(10), backoff.after(Duration.ZERO));
    assertEquals(Duration.ofMillis(20), backoff.after(Duration.ofMillis(999)));
    assertEquals(Duration.ofMillis(35), backoff.after(Duration.ZERO));
    assertEquals(Duration.ofMillis(35), backoff.after(Duration.ZERO));
    assertEquals(Duration.ofMillis(10), backoff.after(Duration.ofSeconds(1)));
  }
}
