package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;

/**
 * A name that was looked up.
 *
 * @param name the canonical one, in lower case
 */
public record HostName(String name, IpAddress address) {}
