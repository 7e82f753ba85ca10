package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.Ipv6Address;
import io.patchbay.netstack.packet.RouterAdvertisement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Stateless address autoconfiguration (RFC 4862): a global address of a router's prefix, as long as
 * nobody set one by hand. Used under the host's lock.
 */
final class Autoconfiguration {
  private static final int SOLICITATIONS = 4;
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final HostCore core;
  private final Ipv6Layer ip;
  private final List<CompletableFuture<Ipv6Settings>> waiting = new ArrayList<>(1);
  private List<Ipv6Address> dnsServers = List.of();
  private boolean byHand;

  Autoconfiguration(HostCore core, Ipv6Layer ip) {
    this.core = core;
    this.ip = ip;
    ip.neighbors().routers(this::heard);
  }

  /** Sets a global address by hand; advertisements do not change it from now on. */
  void set(Ipv6Address address, int prefix, boolean eui64) {
    byHand = true;
    Ipv6Address whole = eui64 ? address.withInterface(core.mac()) : address;
    ip.settings(ip.settings().withAddress(whole, prefix, eui64));
    ip.neighbors().solicitRouters();
  }

  /**
   * Lets routers give the address, and asks them.
   *
   * @return completed when there is an address
   */
  CompletableFuture<Ipv6Settings> auto() {
    CompletableFuture<Ipv6Settings> result = new CompletableFuture<>();
    if (byHand) {
      byHand = false;
      ip.settings(ip.settings().withAddress(Ipv6Address.NONE, 0, false));
    }
    if (waiting.size() > 1) {
      waiting.clear();
    }
    waiting.add(result);
    solicit(result, 1);
    return result;
  }

  /** Routers may have just spoken, and wait before they do again; so they are asked some times. */
  private void solicit(CompletableFuture<Ipv6Settings> result, int attempt) {
    ip.neighbors().solicitRouters();
    if (attempt < SOLICITATIONS) {
      core.later(
          INTERVAL,
          () -> {
            if (!result.isDone()) {
              solicit(result, attempt + 1);
            }
          });
    }
  }

  void clear() {
    byHand = false;
    ip.settings(Ipv6Settings.NONE);
  }

  /** The DNS servers that routers told of. */
  List<Ipv6Address> dnsServers() {
    return dnsServers;
  }

  private void heard(Ipv6Address router, RouterAdvertisement advertisement) {
    Ipv6Settings now = ip.settings();
    if (advertisement.lifetime() > 0) {
      now = now.withRouter(router, ip.neighbors().table().find(router).orElse(0));
    } else if (router.equals(now.router())) {
      now = now.withRouter(Ipv6Address.NONE, 0);
    }
    if (!advertisement.dnsServers().isEmpty()) {
      dnsServers = advertisement.dnsServers();
    }
    Optional<RouterAdvertisement.Prefix> prefix =
        advertisement.prefixes().stream()
            .filter(offer -> offer.autonomous() && offer.length() == 64)
            .filter(offer -> offer.validLifetime() > 0 && !offer.address().isLinkLocal())
            .findFirst();
    if (!byHand && prefix.isPresent()) {
      now = now.withAddress(prefix.get().address().withInterface(core.mac()), 64, true);
    }
    ip.settings(now);
    if (now.isSet()) {
      Ipv6Settings result = now;
      waiting.forEach(future -> core.complete(future, result));
      waiting.clear();
    }
  }
}
