package io.patchbay.netstack.io;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.wire.Frame;

/**
 * A UDP tunnel, a TAP device or a network interface on Linux. Its descriptor is closed only when no
 * loop can still use it.
 */
final class LinuxEnd implements LinkEnd {
  private enum Way {
    TUNNEL,
    DEVICE,
    INTERFACE
  }

  private final LinuxIo io;
  private final LinkCounters counters = new LinkCounters();
  private volatile FrameReceiver receiver = FrameReceiver.DROP;
  private final Way way;
  private volatile int descriptor;

  private volatile boolean segments;

  /**
   * A tunnel.
   *
   * @param segments whether frames may be sent together as {@link Segments}
   */
  LinuxEnd(LinuxIo io, int descriptor, boolean segments) {
    this(io, descriptor, segments, Way.TUNNEL);
  }

  /** A TAP device, which is read and written frame by frame. */
  static LinuxEnd device(LinuxIo io, int descriptor) {
    return new LinuxEnd(io, descriptor, false, Way.DEVICE);
  }

  /** A raw socket at a network interface. */
  static LinuxEnd networkInterface(LinuxIo io, int descriptor) {
    return new LinuxEnd(io, descriptor, false, Way.INTERFACE);
  }

  private LinuxEnd(LinuxIo io, int descriptor, boolean segments, Way way) {
    this.io = io;
    this.way = way;
    this.segments = segments;
    this.descriptor = descriptor;
  }

  boolean takesSegments() {
    return segments;
  }

  /** The kernel does not take them after all. */
  void refuseSegments() {
    segments = false;
  }

  boolean isDevice() {
    return way == Way.DEVICE;
  }

  /** Whether tags come apart from its frames. */
  boolean isInterface() {
    return way == Way.INTERFACE;
  }

  /** The open file; -1 once the end is closed. */
  int descriptor() {
    return descriptor;
  }

  void deliver(Frame frame) {
    counters.countReceived(frame.length());
    receiver.receive(frame);
  }

  @Override
  public void send(Frame frame) {
    if (frame.length() > Frame.MAX_LENGTH || descriptor < 0) {
      counters.countDropped();
    } else if (Thread.currentThread() instanceof LinuxLoop loop) {
      loop.outbox().add(this, frame);
    } else {
      io.sendFromOutside(this, frame);
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
    int last;
    synchronized (this) {
      last = descriptor;
      descriptor = -1;
    }
    receiver = FrameReceiver.DROP;
    if (last >= 0) {
      io.retire(last);
    }
  }
}
