package io.patchbay.netstack.filter;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkStage;
import io.patchbay.netstack.wire.Frame;

/**
 * Sends frames at a limited rate, each direction for itself, as a slow interface does: a frame
 * takes the time of its bits, those behind it wait, and what finds the queue full is dropped.
 */
public final class Bandwidth implements LinkStage {
  /** 100 Gbit/s. */
  public static final int MAX_RATE = 100_000_000;

  private static final long QUEUE_NANOS = 100_000_000;

  /** Room for at least some full frames however slow the link is. */
  private static final int QUEUE_BYTES = 16 * 1024;

  private final int rate;
  private final long patience;
  private final Lane out = new Lane();
  private final Lane in = new Lane();

  /**
   * @param rate kilobits (1,000 bits) a second, 1 to {@link #MAX_RATE}, of frames without preamble
   *     and FCS
   */
  public Bandwidth(int rate) {
    this.rate = Filters.check("rate", rate, 1, MAX_RATE);
    patience = Math.max(QUEUE_NANOS, nanos(QUEUE_BYTES));
  }

  private long nanos(int bytes) {
    return bytes * 8_000_000L / rate;
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
    return lane.add(frame, now, nanos(frame.length()), now + patience, next);
  }
}
