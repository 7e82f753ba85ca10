package io.patchbay.netstack.filter;

import io.patchbay.netstack.wire.Frame;

/** Drops frames by chance. */
public final class PacketLoss extends DropFilter {
  private final int percent;

  /**
   * @param percent chance that a frame is dropped, 0 to 100
   */
  public PacketLoss(int percent) {
    this.percent = Filters.check("chance of loss", percent, 0, Filters.PERCENT);
  }

  @Override
  boolean drops(Frame frame) {
    return Filters.chance(percent);
  }
}
