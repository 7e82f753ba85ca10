package io.patchbay.netstack.filter;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkStage;
import io.patchbay.netstack.wire.Frame;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Changes an octet of frames by chance. The addresses stay whole, so that the frame arrives and is
 * found to be bad.
 */
public final class Corrupt implements LinkStage {
  private static final int ADDRESSES = 12;

  private final int percent;

  /**
   * @param percent chance that a frame is changed, 0 to 100
   */
  public Corrupt(int percent) {
    this.percent = Filters.check("chance of corruption", percent, 0, Filters.PERCENT);
  }

  @Override
  public FrameReceiver lead(Direction direction, FrameReceiver next, Runnable dropped) {
    return frame -> {
      if (Filters.chance(percent)) {
        corrupt(frame, next);
      } else {
        next.receive(frame);
      }
    };
  }

  private static void corrupt(Frame frame, FrameReceiver next) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int at = random.nextInt(Math.min(ADDRESSES, frame.length() - 1), frame.length());
    byte good = frame.octet(at);
    frame.octet(at, (byte) (good ^ random.nextInt(1, 256)));
    try {
      next.receive(frame);
    } finally {
      // The frame may still go to other ports, which have not damaged it.
      frame.octet(at, good);
    }
  }
}
