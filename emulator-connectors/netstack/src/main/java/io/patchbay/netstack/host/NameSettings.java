package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Ipv6Address;
import java.util.List;

/**
 * How names are looked up.
 *
 * @param servers asked in this order, those of IPv4 before those of IPv6; one that is unspecified
 *     keeps a place and is not asked
 * @param domain appended to names without a dot; empty if there is none
 */
public record NameSettings(List<Ipv4Address> servers, List<Ipv6Address> servers6, String domain) {
  public static final NameSettings NONE = new NameSettings(List.of(), List.of(), "");

  public NameSettings {
    servers = List.copyOf(servers);
    servers6 = List.copyOf(servers6);
  }

  public NameSettings withServers(List<Ipv4Address> newServers) {
    return new NameSettings(newServers, servers6, domain);
  }

  public NameSettings withServers6(List<Ipv6Address> newServers) {
    return new NameSettings(servers, newServers, domain);
  }

  public NameSettings withDomain(String newDomain) {
    return new NameSettings(servers, servers6, newDomain);
  }
}
