package io.patchbay.server.metric;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** The timers of the routes of one WAR, each made at its first request. Thread-safe. */
@Singleton
public class RouteTimers {
  private static final Metadata REQUESTS =
      Metadata.builder()
          .withName("patchbay_rest_requests")
          .withDescription("Requests of the API, by method and route")
          // Payara gives mean, maximum and quantiles as they are unless it knows their unit.
          .withUnit(MetricUnits.NANOSECONDS)
          .build();

  private final MetricRegistry registry;
  private final ConcurrentMap<Key, Timer> timers = new ConcurrentHashMap<>();

  private record Key(String method, String route) {}

  @Inject
  public RouteTimers(MetricRegistry registry) {
    this.registry = registry;
  }

  void update(String method, String route, Duration took) {
    timers.computeIfAbsent(new Key(method, route), this::register).update(took);
  }

  private Timer register(Key key) {
    // Payara 6 keeps something of each new timer in a HashMap that all WARs share, and fails if two
    // are made at once; the WARs have this class in common.
    synchronized (MetricRegistry.class) {
      return registry.timer(
          REQUESTS, new Tag("method", key.method()), new Tag("route", key.route()));
    }
  }
}
