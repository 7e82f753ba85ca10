package io.patchbay.compute.server;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.runtime.port.PortPool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What passed the links, and how many ports are left: figures for {@code /metrics}. */
@Singleton
public class ComputeMetrics {
  private static final Metadata LEFT =
      Metadata.builder()
          .withName("patchbay_ports_left")
          .withDescription("Ports of the configured ranges that nothing holds")
          .build();
  private static final Metadata FRAMES =
      Metadata.builder()
          .withName("patchbay_frames")
          .withDescription("Frames at the ports of nodes since the start, also ports that are gone")
          .build();

  private final ComputeLab lab;

  @Inject
  public ComputeMetrics(ComputeLab lab) {
    this.lab = lab;
  }

  void register(
      @Observes @Initialized(ApplicationScoped.class) Object event, MetricRegistry registry) {
    registry.gauge(LEFT, () -> left(lab.adapter().consolePorts()), new Tag("range", "console"));
    registry.gauge(LEFT, () -> left(lab.adapter().udpPorts()), new Tag("range", "udp"));
    // Gauges, as the counters of MicroProfile cannot be told what was counted elsewhere.
    registry.gauge(FRAMES, () -> traffic().received(), new Tag("what", "received"));
    registry.gauge(FRAMES, () -> traffic().sent(), new Tag("what", "sent"));
    registry.gauge(FRAMES, () -> traffic().dropped(), new Tag("what", "dropped"));
  }

  private LinkCounters traffic() {
    return lab.adapter().traffic().total();
  }

  private static int left(PortPool pool) {
    return pool.last() - pool.first() + 1 - pool.leased().size();
  }
}
