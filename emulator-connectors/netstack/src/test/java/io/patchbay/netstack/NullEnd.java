package io.patchbay.netstack;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.wire.Frame;

/** A link end for benchmarks: counts what is sent, keeps nothing, and lets frames in. */
final class NullEnd implements LinkEnd {
  private final LinkCounters counters = new LinkCounters();
  private volatile FrameReceiver receiver = FrameReceiver.DROP;

  void arrive(Frame frame) {
    receiver.receive(frame);
  }

  @Override
  public void send(Frame frame) {
    counters.countSent(frame.length());
  }

  @Override
  public void receiver(FrameReceiver newReceiver) {
    receiver = newReceiver;
  }

  @Override
  public LinkCounters counters() {
    return counters;
  }

  @Override
  public void close() {}
}
