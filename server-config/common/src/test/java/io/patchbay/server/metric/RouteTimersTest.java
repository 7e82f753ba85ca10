package io.patchbay.server.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;
import org.junit.jupiter.api.Test;

class RouteTimersTest {
  private static final int ROUTES = 50;

  private final List<String> made = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger within = new AtomicInteger();
  private final AtomicBoolean together = new AtomicBoolean();
  private final AtomicInteger updates = new AtomicInteger();

  private final Timer timer =
      fake(
          Timer.class,
          arguments -> {
            updates.incrementAndGet();
            return null;
          });
  private final MetricRegistry registry =
      fake(
          MetricRegistry.class,
          arguments -> {
            if (within.incrementAndGet() > 1) {
              together.set(true);
            }
            Thread.yield();
            Tag[] tags = (Tag[]) arguments[1];
            made.add(tags[0].getTagValue() + " " + tags[1].getTagValue());
            within.decrementAndGet();
            return timer;
          });

  private interface Answer {
    Object to(Object[] arguments);
  }

  private static <T> T fake(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(arguments)));
  }

  /** As the server's registry cannot stand it, also if the WARs do so. */
  @Test
  void timersAreMadeOneAtATimeAndOnce() throws Exception {
    List<RouteTimers> wars = List.of(new RouteTimers(registry), new RouteTimers(registry));
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < 16; client++) {
        RouteTimers war = wars.get(client % 2);
        clients.add(
            threads.submit(
                () -> {
                  go.await();
                  for (int route = 0; route < ROUTES; route++) {
                    war.update("GET", "/" + route, Duration.ofMillis(1));
                  }
                  return null;
                }));
      }
      go.countDown();
    }
    for (Future<?> client : clients) {
      client.get();
    }
    assertFalse(together.get(), "two timers were made at once");
    assertEquals(2 * ROUTES, made.size());
    assertEquals(ROUTES, made.stream().distinct().count());
    assertEquals(16 * ROUTES, updates.get());
  }
}
