package io.patchbay.netstack.filter;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkStage;
import io.patchbay.netstack.wire.Frame;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Holds every frame back for a while. Frames keep their order, and their rate is not limited. */
public final class Delay implements LinkStage {
  private final int milliseconds;
  private final int jitter;
  private final Lane out = new Lane();
  private final Lane in = new Lane();

  /**
   * @param milliseconds that each frame waits, 0 to 32767
   * @param jitter milliseconds by which the wait varies up and down, 0 to 32767
   */
  public Delay(int milliseconds, int jitter) {
    this.milliseconds = Filters.check("latency", milliseconds, 0, Filters.MAX);
    this.jitter = Filters.check("jitter", jitter, 0, Filters.MAX);
  }

  @Override
  public FrameReceiver lead(Direction direction, FrameReceiver next, Runnable dropped) {
    Lane lane = direction == Direction.OUT ? out : in;
    return frame -> {
      if (!add(lane, frame, next)) {
        dropped.run();
      }
    };
  }

  private boolean add(Lane lane, Frame frame, FrameReceiver next) {
    long now = System.nanoTime();
    return lane.add(frame, now + varied(), 0, now + Long.MAX_VALUE / 2, next);
  }

  private long varied() {
    int wait =
        jitter == 0
            ? milliseconds
            : milliseconds + ThreadLocalRandom.current().nextInt(-jitter, jitter + 1);
    return TimeUnit.MILLISECONDS.toNanos(Math.max(0, wait));
  }
}
