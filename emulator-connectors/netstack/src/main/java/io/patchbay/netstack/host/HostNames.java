package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.Ipv6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whom a host asks for names, and in which domain. Used under the host's lock. */
final class HostNames {
  private final Ipv4Layer ip4;
  private final Ipv6Layer ip6;
  private final Autoconfiguration autoconfiguration;
  private final DnsResolver resolver;
  private NameSettings settings = NameSettings.NONE;

  HostNames(
      Ipv4Layer ip4, Ipv6Layer ip6, Autoconfiguration autoconfiguration, DnsResolver resolver) {
    this.ip4 = ip4;
    this.ip6 = ip6;
    this.autoconfiguration = autoconfiguration;
    this.resolver = resolver;
  }

  NameSettings settings() {
    return settings;
  }

  void settings(NameSettings wanted) {
    settings = wanted;
  }

  /** Takes what a lease says; of IPv6 it says nothing. */
  void leased(NameSettings lease) {
    settings = new NameSettings(lease.servers(), settings.servers6(), lease.domain());
  }

  CompletableFuture<Optional<HostName>> resolve(String name) {
    boolean whole = name.contains(".") || settings.domain().isEmpty();
    return resolver.resolve(whole ? name : name + "." + settings.domain(), servers());
  }

  private List<DnsResolver.Server> servers() {
    List<DnsResolver.Server> servers = new ArrayList<>();
    settings
        .servers()
        .forEach(four -> servers.add(new DnsResolver.Server(four, ip4.settings().address())));
    List<Ipv6Address> six =
        settings.servers6().isEmpty() ? autoconfiguration.dnsServers() : settings.servers6();
    six.forEach(address -> servers.add(new DnsResolver.Server(address, ip6.sourceFor(address))));
    servers.removeIf(server -> server.address().isUnspecified());
    return servers;
  }
}
