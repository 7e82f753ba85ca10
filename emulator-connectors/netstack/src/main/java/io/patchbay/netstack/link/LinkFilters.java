package io.patchbay.netstack.link;

/**
 * What a link does to its frames, in both directions. A value of 0 leaves them alone.
 *
 * @param suspended drops every frame
 * @param frequencyDrop drops every n-th frame, 1 to 32767; -1 drops all
 * @param packetLoss chance in percent that a frame is dropped, 0 to 100
 * @param corrupt chance in percent that an octet of a frame is changed, 0 to 100
 * @param delay milliseconds that each frame waits, 0 to 32767
 * @param jitter milliseconds by which the wait varies up and down, 0 to 32767
 */
public record LinkFilters(
    boolean suspended, int frequencyDrop, int packetLoss, int corrupt, int delay, int jitter) {
  private static final LinkFilters NONE = new LinkFilters(false, 0, 0, 0, 0, 0);
  private static final int MAX = 32767;

  public LinkFilters {
    check("frequency", frequencyDrop, -1, MAX);
    check("chance of loss", packetLoss, 0, 100);
    check("chance of corruption", corrupt, 0, 100);
    check("latency", delay, 0, MAX);
    check("jitter", jitter, 0, MAX);
  }

  private static void check(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " must be between " + least + " and " + most + ", not " + value);
    }
  }

  public static LinkFilters none() {
    return NONE;
  }

  public LinkFilters withSuspended(boolean value) {
    return new LinkFilters(value, frequencyDrop, packetLoss, corrupt, delay, jitter);
  }

  public LinkFilters withFrequencyDrop(int value) {
    return new LinkFilters(suspended, value, packetLoss, corrupt, delay, jitter);
  }

  public LinkFilters withPacketLoss(int value) {
    return new LinkFilters(suspended, frequencyDrop, value, corrupt, delay, jitter);
  }

  public LinkFilters withCorrupt(int value) {
    return new LinkFilters(suspended, frequencyDrop, packetLoss, value, delay, jitter);
  }

  public LinkFilters withDelay(int latency, int variation) {
    return new LinkFilters(suspended, frequencyDrop, packetLoss, corrupt, latency, variation);
  }

  boolean changeFrames() {
    return corrupt > 0 || delay > 0 || jitter > 0;
  }
}
