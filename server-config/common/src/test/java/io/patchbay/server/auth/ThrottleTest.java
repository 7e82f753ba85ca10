package io.patchbay.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final Throttle throttle = new Throttle(3, 5, now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private void fail(String user, String address) {
    assertEquals(Optional.empty(), throttle.begin(user, address));
  }

  @Test
  void eachFurtherFailureDoublesTheWait() {
    for (int i = 0; i < 3; i++) {
      fail("ann", "a" + i);
    }
    for (int wait = 1; wait <= 32; wait *= 2) {
      assertEquals(Optional.of(SECOND.multipliedBy(wait)), throttle.begin("ann", "elsewhere"));
      pass(SECOND.multipliedBy(wait));
      fail("ann", "b" + wait);
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.of(SECOND.multipliedBy(60)), throttle.begin("ann", "elsewhere"));
      pass(SECOND.multipliedBy(60));
      fail("ann", "c" + i);
    }
  }

  @Test
  void caseAndBlanksMakeNoOtherUser() {
    fail("ann", "1");
    fail("Ann", "2");
    fail(" ANN ", "3");
    assertTrue(throttle.begin("aNN", "4").isPresent());
  }

  @Test
  void othersAreNotHeldUp() {
    for (int i = 0; i < 3; i++) {
      fail("ann", "1");
    }
    fail("bob", "1");
    fail("ann's", "2");
  }

  @Test
  void anAddressThatTriesManyUsersIsSlowedDown() {
    for (int i = 0; i < 5; i++) {
      fail("user" + i, "1");
    }
    assertEquals(Optional.of(SECOND), throttle.begin("another", "1"));
    fail("another", "2");
  }

  @Test
  void successForgetsTheUsersFailuresAndCountsForNoAddress() {
    fail("ann", "1");
    fail("ann", "1");
    for (int i = 0; i < 20; i++) {
      fail("ann", "1");
      throttle.succeeded("ann", "1");
    }
    fail("ann", "1");
    fail("ann", "1");
  }

  @Test
  void whatCouldNotBeDecidedDoesNotCount() {
    for (int i = 0; i < 20; i++) {
      fail("ann", "1");
      throttle.undecided("ann", "1");
    }
  }

  @Test
  void whatIsRefusedDoesNotProlongTheWait() {
    for (int i = 0; i < 3; i++) {
      fail("ann", "1");
    }
    for (int i = 0; i < 20; i++) {
      assertEquals(Optional.of(SECOND), throttle.begin("ann", "1"));
    }
  }

  @Test
  void oldFailuresAreForgotten() {
    fail("ann", "1");
    fail("ann", "1");
    pass(Duration.ofMinutes(16));
    fail("ann", "1");
    fail("ann", "1");
    assertEquals(Optional.empty(), throttle.begin("ann", "1"));
  }

  @Test
  void zeroIsForNever() {
    Throttle never = new Throttle(0, 0, now::get);
    for (int i = 0; i < 100; i++) {
      assertEquals(Optional.empty(), never.begin("ann", "1"));
    }
  }
}
