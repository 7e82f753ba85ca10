package io.patchbay.netstack.link;

import io.patchbay.netstack.wire.Frame;

/** Takes frames; called from any thread of the netstack, for one link end from one at a time. */
@FunctionalInterface
public interface FrameReceiver {
  FrameReceiver DROP = frame -> {};

  /**
   * @param frame valid during the call only; it may be changed in place but must be left as it was
   *     found
   */
  void receive(Frame frame);
}
