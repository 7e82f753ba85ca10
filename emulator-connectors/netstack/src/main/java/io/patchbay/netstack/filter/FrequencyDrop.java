package io.patchbay.netstack.filter;

import io.patchbay.netstack.wire.Frame;
import java.util.concurrent.atomic.AtomicInteger;

/** Drops every n-th frame, counted over both directions. */
public final class FrequencyDrop extends DropFilter {
  private final int frequency;
  private final AtomicInteger passed = new AtomicInteger();

  /**
   * @param frequency 1 to 32767; -1 drops all, 0 none
   */
  public FrequencyDrop(int frequency) {
    this.frequency = Filters.check("frequency", frequency, -1, Filters.MAX);
  }

  /** What a suspended link does. */
  public static FrequencyDrop everything() {
    return new FrequencyDrop(-1);
  }

  @Override
  boolean drops(Frame frame) {
    return frequency == -1
        || frequency > 0
            && passed.updateAndGet(count -> count + 1 >= frequency ? 0 : count + 1) == 0;
  }
}
