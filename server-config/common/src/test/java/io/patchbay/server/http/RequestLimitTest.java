package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestLimitTest {
  @Test
  void eachUserHasSoManyAtOnceAndMoreWhenOneEnds() {
    RequestLimit limit = new RequestLimit(2);
    Optional<Runnable> first = limit.enter("ann");
    assertTrue(limit.enter("ann").isPresent());
    assertTrue(limit.enter("ann").isEmpty());
    assertTrue(limit.enter("bob").isPresent());
    first.orElseThrow().run();
    assertTrue(limit.enter("ann").isPresent());
    assertTrue(limit.enter("ann").isEmpty());
  }
}
