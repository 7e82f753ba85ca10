package io.patchbay.netstack.link;

import io.patchbay.netstack.wire.Frame;

/** One end of a link: frames leave by {@link #send} and arrive at the receiver. Thread-safe. */
public interface LinkEnd extends AutoCloseable {
  /** Sends a frame, or drops it if it cannot go at once; never waits and never throws. */
  void send(Frame frame);

  /** Lets arriving frames go there from now on. Until it is called they are dropped. */
  void receiver(FrameReceiver receiver);

  /** What passed until now; further frames may be counted in it or not. */
  LinkCounters counters();

  /** Ends the link; harmless if it was. Frames that are under way may still arrive. */
  @Override
  void close();
}
