package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;

/**
 * An address of the link whose MAC address is known.
 *
 * @param secondsLeft until it is forgotten
 */
public record Neighbor(IpAddress address, long mac, int secondsLeft) {}
