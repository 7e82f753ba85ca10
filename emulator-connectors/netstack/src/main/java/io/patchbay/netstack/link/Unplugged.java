package io.patchbay.netstack.link;

import io.patchbay.netstack.wire.Frame;

/** An end that leads nowhere: it drops what is sent. */
final class Unplugged implements LinkEnd {
  private final LinkCounters counters = new LinkCounters();

  @Override
  public void send(Frame frame) {
    counters.countDropped();
  }

  @Override
  public void receiver(FrameReceiver receiver) {}

  @Override
  public LinkCounters counters() {
    return counters;
  }

  @Override
  public void close() {}
}
