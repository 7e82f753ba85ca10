package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.Ipv6Address;

/**
 * The global IPv6 address of a host and the router that it uses.
 *
 * @param address {@link Ipv6Address#NONE} if there is none
 * @param eui64 whether the MAC address gave its second half
 * @param router link-local address of the router; {@link Ipv6Address#NONE} if none was heard
 * @param routerMac 0 if it is not known
 */
public record Ipv6Settings(
    Ipv6Address address, int prefix, boolean eui64, Ipv6Address router, long routerMac) {
  public static final Ipv6Settings NONE =
      new Ipv6Settings(Ipv6Address.NONE, 0, false, Ipv6Address.NONE, 0);

  public boolean isSet() {
    return !address.isUnspecified();
  }

  public boolean hasRouter() {
    return !router.isUnspecified();
  }

  Ipv6Settings withAddress(Ipv6Address newAddress, int newPrefix, boolean newEui64) {
    return new Ipv6Settings(newAddress, newPrefix, newEui64, router, routerMac);
  }

  Ipv6Settings withRouter(Ipv6Address newRouter, long mac) {
    return new Ipv6Settings(address, prefix, eui64, newRouter, mac);
  }
}
