package io.patchbay.server.metric;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * How long requests take, by method and route: {@code patchbay_rest_requests_seconds} at {@code
 * /metrics}. Thread-safe.
 */
@Singleton
public class RequestTimes {
  /** Nothing on servers without MicroProfile Metrics, where the class of the timers cannot load. */
  private final Instance<RouteTimers> timers;

  @Inject
  public RequestTimes(Instance<RouteTimers> timers) {
    this.timers = timers;
  }

  /**
   * Adds a request that is answered now.
   *
   * @param route its pattern, such as {@code /v2/projects/{project_id}}
   * @param begin what {@link System#nanoTime} gave when it came
   */
  public void add(String method, String route, long begin) {
    if (timers.isResolvable()) {
      timers.get().update(method, route, Duration.ofNanos(System.nanoTime() - begin));
    }
  }
}
