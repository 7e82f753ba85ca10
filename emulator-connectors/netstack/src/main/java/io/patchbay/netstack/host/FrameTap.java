package io.patchbay.netstack.host;

import io.patchbay.netstack.wire.Frame;

/** Sees every frame that a host sends and every one that reaches it. Must not block. */
@FunctionalInterface
public interface FrameTap {
  FrameTap NONE = (sent, frame) -> {};

  /**
   * @param frame valid during the call only
   */
  void frame(boolean sent, Frame frame);
}
