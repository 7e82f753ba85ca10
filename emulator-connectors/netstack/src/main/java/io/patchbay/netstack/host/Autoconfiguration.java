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
  private static final int PREFIX = 64;
  private static final long SHORT = Duration.ofHours(2).toSeconds();

  private final HostCore core;
  private final Ipv6Layer ip;
  private final Lifetime routerLife;
  private final Lifetime addressLife;
  private final Lifetime dnsLife;
  private final List<CompletableFuture<Ipv6Settings>> waiting = new ArrayList<>(1);
  private List<Ipv6Address> dnsServers = List.of();
  private boolean byHand;

  Autoconfiguration(HostCore core, Ipv6Layer ip) {
    this.core = core;
    this.ip = ip;
    routerLife = new Lifetime(core, this::forgetRouter);
    addressLife = new Lifetime(core, this::forgetAddress);
    dnsLife = new Lifetime(core, () -> dnsServers = List.of());
    ip.neighbors().routers(this::heard);
  }

  /** Sets a global address by hand; advertisements do not change it from now on. */
  void set(Ipv6Address address, int prefix, boolean eui64) {
    byHand = true;
    addressLife.clear();
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
      forgetAddress();
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
    forgetAddress();
    forgetRouter();
    dnsLife.clear();
    dnsServers = List.of();
  }

  /** The DNS servers that routers told of. */
  List<Ipv6Address> dnsServers() {
    return dnsServers;
  }

  private void heard(Ipv6Address router, RouterAdvertisement advertisement) {
    hearRouter(router, advertisement.lifetime());
    if (!advertisement.dnsServers().isEmpty()) {
      dnsServers = advertisement.dnsLifetime() > 0 ? advertisement.dnsServers() : List.of();
      dnsLife.set(advertisement.dnsLifetime());
    }
    if (!byHand) {
      hearPrefixes(advertisement.prefixes());
    }
    if (ip.settings().isSet()) {
      Ipv6Settings result = ip.settings();
      waiting.forEach(future -> core.complete(future, result));
      waiting.clear();
    }
  }

  private void hearRouter(Ipv6Address router, int seconds) {
    if (seconds > 0) {
      long mac = ip.neighbors().table().find(router).orElse(0);
      ip.settings(ip.settings().withRouter(router, mac));
      routerLife.set(seconds);
    } else if (router.equals(ip.settings().router())) {
      forgetRouter();
    }
  }

  /**
   * Keeps the address as long as its prefix is good, since another router may tell of another one;
   * takes one of a prefix that is preferred if there is none or its own is not preferred any more.
   */
  private void hearPrefixes(List<RouterAdvertisement.Prefix> prefixes) {
    List<RouterAdvertisement.Prefix> usable =
        prefixes.stream()
            .filter(offer -> offer.autonomous() && offer.length() == PREFIX)
            .filter(offer -> !offer.address().isLinkLocal())
            .toList();
    Optional<RouterAdvertisement.Prefix> own = usable.stream().filter(this::isOwn).findFirst();
    own.ifPresent(offer -> prolong(offer.validLifetime()));
    if (own.map(offer -> offer.preferredLifetime() == 0).orElse(!ip.settings().isSet())) {
      usable.stream()
          .filter(offer -> offer.preferredLifetime() > 0 && offer.validLifetime() > 0)
          .findFirst()
          .ifPresent(this::take);
    }
  }

  private boolean isOwn(RouterAdvertisement.Prefix offer) {
    return ip.settings().isSet() && offer.address().sharesPrefix(ip.settings().address(), PREFIX);
  }

  private void take(RouterAdvertisement.Prefix offer) {
    ip.settings(ip.settings().withAddress(offer.address().withInterface(core.mac()), PREFIX, true));
    addressLife.set(offer.validLifetime());
  }

  /** A single forged message must not take the address away at once (RFC 4862, 5.5.3 e). */
  private void prolong(long seconds) {
    long left = addressLife.left();
    if (seconds > SHORT || seconds > left) {
      addressLife.set(seconds);
    } else if (left > SHORT) {
      addressLife.set(SHORT);
    }
  }

  private void forgetRouter() {
    routerLife.clear();
    ip.settings(ip.settings().withRouter(Ipv6Address.NONE, 0));
  }

  private void forgetAddress() {
    addressLife.clear();
    ip.settings(ip.settings().withAddress(Ipv6Address.NONE, 0, false));
  }
}
