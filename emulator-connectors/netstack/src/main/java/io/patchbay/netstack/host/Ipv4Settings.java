package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.Ipv4Address;

/**
 * The IPv4 address of a host.
 *
 * @param prefix length of the subnet's prefix
 * @param gateway {@link Ipv4Address#NONE} if there is none
 */
public record Ipv4Settings(Ipv4Address address, int prefix, Ipv4Address gateway) {
  public static final Ipv4Settings NONE = new Ipv4Settings(Ipv4Address.NONE, 0, Ipv4Address.NONE);

  public boolean isSet() {
    return !address.isUnspecified();
  }

  public boolean hasGateway() {
    return !gateway.isUnspecified();
  }
}
