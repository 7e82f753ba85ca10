package io.patchbay.netstack.link;

import io.patchbay.netstack.io.EventLoop;
import io.patchbay.netstack.wire.Frame;

/**
 * A link inside the process: what one end sends, the other's receiver takes, on the same thread and
 * without a system call.
 */
public final class DirectLink {
  private final End left;
  private final End right;

  public DirectLink() {
    LinkCounters counters = new LinkCounters();
    left = new End(counters);
    right = new End(counters.ofOtherEnd());
    left.peer = right;
    right.peer = left;
  }

  public LinkEnd left() {
    return left;
  }

  public LinkEnd right() {
    return right;
  }

  private static final class End implements LinkEnd {
    private final LinkCounters counters;
    private volatile FrameReceiver receiver = FrameReceiver.DROP;
    private End peer;

    End(LinkCounters counters) {
      this.counters = counters;
    }

    @Override
    public void send(Frame frame) {
      counters.countSent(frame.length());
      // Devices call links and links call devices; a loop of them must not eat up the stack.
      if (!EventLoop.forward(peer.receiver, frame)) {
        peer.counters.countDropped();
      }
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
    public void close() {
      receiver = FrameReceiver.DROP;
    }
  }
}
