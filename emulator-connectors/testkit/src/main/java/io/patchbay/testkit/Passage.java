package io.patchbay.testkit;

import io.patchbay.spi.PortAddress;
import java.util.function.Predicate;

/**
 * A frame, and what comes of it.
 *
 * @param from port that it is sent to
 * @param to port at which something must come out
 * @param comesOut what must come out
 */
public record Passage(PortAddress from, byte[] frame, PortAddress to, Predicate<byte[]> comesOut) {
  /**
   * A host at a port is asked where it is, and says so.
   *
   * @param address IPv4, dotted; the host's
   */
  public static Passage answeredArp(PortAddress port, String address) {
    return new Passage(
        port,
        Frames.arpRequest("02:00:00:00:00:01", "10.77.0.9", address),
        port,
        frame -> Frames.isArpReply(frame, address));
  }
}
