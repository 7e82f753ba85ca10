package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.DhcpMessage;
import io.patchbay.netstack.packet.Ipv4Address;
import java.util.List;

/** Reads leases out of acknowledgments. */
final class DhcpLeases {
  private static final long DEFAULT_LEASE = 86_400;
  private static final long LEAST_LEASE = 10;

  private DhcpLeases() {}

  static DhcpLease of(DhcpMessage ack, Ipv4Address offeredBy, long now) {
    long seconds = Math.max(LEAST_LEASE, ack.seconds(DhcpMessage.LEASE_TIME).orElse(DEFAULT_LEASE));
    long rebinding =
        Math.min(seconds, ack.seconds(DhcpMessage.REBINDING_TIME).orElse(seconds * 7 / 8));
    long renewal = Math.min(rebinding, ack.seconds(DhcpMessage.RENEWAL_TIME).orElse(seconds / 2));
    int prefix = ack.address(DhcpMessage.SUBNET_MASK).flatMap(Ipv4Address::prefixOf).orElse(24);
    List<Ipv4Address> dns = ack.addresses(DhcpMessage.DNS_SERVERS);
    return new DhcpLease(
        new Ipv4Settings(
            ack.yourAddress(), prefix, ack.address(DhcpMessage.ROUTERS).orElse(Ipv4Address.NONE)),
        new NameSettings(
            dns.size() > 2 ? dns.subList(0, 2) : dns,
            List.of(),
            ack.text(DhcpMessage.DOMAIN).orElse("")),
        ack.address(DhcpMessage.SERVER).orElse(offeredBy),
        seconds,
        renewal,
        rebinding,
        now);
  }
}
