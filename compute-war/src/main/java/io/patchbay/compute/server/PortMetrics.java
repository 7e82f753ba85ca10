package io.patchbay.compute.server;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.runtime.port.PortPool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** How many ports are left for nodes and links: figures for {@code /metrics}. */
@Singleton
public class PortMetrics {
  private static final Metadata LEFT =
      Metadata.builder()
          .withName("patchbay_ports_left")
          .withDescription("Ports of the configured ranges that nothing holds")
          .build();

  private final ComputeLab lab;

  @Inject
  public PortMetrics(ComputeLab lab) {
    this.lab = lab;
  }

  void register(
      @Observes @Initialized(ApplicationScoped.class) Object event, MetricRegistry registry) {
    registry.gauge(LEFT, () -> left(lab.adapter().consolePorts()), new Tag("range", "console"));
    registry.gauge(LEFT, () -> left(lab.adapter().udpPorts()), new Tag("range", "udp"));
  }

  private static int left(PortPool pool) {
    return pool.last() - pool.first() + 1 - pool.leased().size();
  }
}
