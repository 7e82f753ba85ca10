package io.patchbay.netstack.filter;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkStage;
import io.patchbay.netstack.wire.Frame;

/** Lets some frames pass and drops the others. */
abstract class DropFilter implements LinkStage {
  /** Asked once for each frame, from any thread. */
  abstract boolean drops(Frame frame);

  @Override
  public final FrameReceiver lead(Direction direction, FrameReceiver next, Runnable dropped) {
    return frame -> {
      if (drops(frame)) {
        dropped.run();
      } else {
        next.receive(frame);
      }
    };
  }
}
