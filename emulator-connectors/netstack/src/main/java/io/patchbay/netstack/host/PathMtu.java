package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;

/**
 * The largest packet that a path carries.
 *
 * @param mtu octets
 */
public record PathMtu(IpAddress destination, int mtu, int secondsLeft) {}
