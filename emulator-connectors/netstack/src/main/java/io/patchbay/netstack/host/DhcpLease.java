package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.Ipv4Address;

/**
 * What a DHCP server gave.
 *
 * @param seconds that the address may be used
 * @param renewal seconds after which the server is asked to renew it
 * @param rebinding seconds after which any server is asked
 * @param at when it was given, by the host's clock in nanoseconds
 */
public record DhcpLease(
    Ipv4Settings settings,
    NameSettings names,
    Ipv4Address server,
    long seconds,
    long renewal,
    long rebinding,
    long at) {}
