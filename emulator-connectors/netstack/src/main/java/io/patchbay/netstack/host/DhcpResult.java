package io.patchbay.netstack.host;

/** How an attempt to get an address by DHCP ended. */
public sealed interface DhcpResult {
  record Bound(DhcpLease lease) implements DhcpResult {}

  /** Nobody offered anything. */
  record NoServer() implements DhcpResult {}

  /** There was an offer, but no acknowledgment. */
  record NotAcknowledged() implements DhcpResult {}

  /** Somebody uses the address already; the server was told. */
  record InUse(DhcpLease lease, long mac) implements DhcpResult {}
}
