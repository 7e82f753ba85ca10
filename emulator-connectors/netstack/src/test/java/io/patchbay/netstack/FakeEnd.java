package io.patchbay.netstack;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.wire.Frame;
import io.patchbay.netstack.wire.FrameBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A link end without a link: keeps what is sent and lets a test bring frames in. */
public final class FakeEnd implements LinkEnd {
  private final Queue<byte[]> sent = new ConcurrentLinkedQueue<>();
  // Kept apart, as the queue would count them one by one.
  private final AtomicInteger waiting = new AtomicInteger();
  private final LinkCounters counters = new LinkCounters();
  private volatile FrameReceiver receiver = FrameReceiver.DROP;
  private volatile boolean closed;

  /** Lets a frame arrive, and tells what it looks like after that. */
  public byte[] arrive(byte[] frame) {
    Frame view = new FrameBuffer().fill(frame);
    receiver.receive(view);
    return view.toBytes();
  }

  /** What was sent since this was asked last. */
  public List<byte[]> takeSent() {
    List<byte[]> taken = new ArrayList<>();
    for (byte[] frame = sent.poll(); frame != null; frame = sent.poll()) {
      waiting.decrementAndGet();
      taken.add(frame);
    }
    return taken;
  }

  public int waiting() {
    return waiting.get();
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public void send(Frame frame) {
    sent.add(frame.toBytes());
    waiting.incrementAndGet();
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
    closed = true;
  }
}
