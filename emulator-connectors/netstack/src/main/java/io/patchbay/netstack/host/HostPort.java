package io.patchbay.netstack.host;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.packet.Macs;
import io.patchbay.netstack.packet.Octets;
import io.patchbay.netstack.wire.Frame;
import java.util.function.Consumer;

/** A host's Ethernet port, as the link sees it: what is sent into it, the host receives. */
final class HostPort implements LinkEnd {
  private final HostCore core;
  private final Consumer<Octets> host;

  HostPort(HostCore core, Consumer<Octets> host) {
    this.core = core;
    this.host = host;
  }

  @Override
  public void send(Frame frame) {
    long to = frame.destination();
    FrameTap tap = core.tap();
    if (tap != FrameTap.NONE) {
      tap.frame(false, frame);
    }
    if (to == core.mac() || Macs.isGroup(to)) {
      core.receive(frame, host);
    }
  }

  @Override
  public void receiver(FrameReceiver receiver) {
    core.out(receiver);
  }

  @Override
  public LinkCounters counters() {
    return core.counters();
  }

  @Override
  public void close() {
    core.out(FrameReceiver.DROP);
  }
}
