package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;

/**
 * Whether packets to an address can be sent at all.
 *
 * @param hop whom they are handed to: the address itself or a router
 */
public record Reach(State state, IpAddress hop) {
  /** How the look-up ended. */
  public enum State {
    REACHABLE,
    /** The address is on another subnet and there is no router. */
    NO_GATEWAY,
    /** Nobody answers for the hop. */
    SILENT
  }
}
