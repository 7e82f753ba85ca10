package io.patchbay.controller.compute;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The addresses by which two computes reach each other.
 *
 * @param near where the far compute finds the near one
 * @param far where the near compute finds the far one
 */
public record TunnelHosts(String near, String far) {
  private static final String LOOPBACK = "127.0.0.1";

  /** An IPv4 address of a compute and its network. */
  private record Interface(String address, int network, int mask) {
    boolean meets(Interface other) {
      int common = mask & other.mask;
      return (network & common) == (other.network & common);
    }
  }

  /**
   * @throws LabException (CONFLICT) if the computes have no network in common
   */
  public static TunnelHosts between(Compute near, Compute far) {
    if (near == far) {
      return new TunnelHosts(LOOPBACK, LOOPBACK);
    }
    InetAddress nearHost = resolve(near);
    InetAddress farHost = resolve(far);
    if (isTelling(nearHost) && isTelling(farHost)) {
      // Whoever gave these addresses knows the networks.
      return new TunnelHosts(nearHost.getHostAddress(), farHost.getHostAddress());
    }
    return between(
            nearHost, near.interfaces().asJsonArray(), farHost, far.interfaces().asJsonArray())
        .orElseThrow(
            () ->
                LabException.conflict(
                    "The computes %s and %s have no network in common"
                        .formatted(near.name(), far.name())));
  }

  /** By the interfaces of the two, if one of the hosts is known by an address of this machine. */
  static Optional<TunnelHosts> between(
      InetAddress nearHost, JsonArray nearCards, InetAddress farHost, JsonArray farCards) {
    return addresses(nearCards).equals(addresses(farCards))
        ? Optional.of(new TunnelHosts(LOOPBACK, LOOPBACK))
        : common(interfaces(nearCards, nearHost), interfaces(farCards, farHost));
  }

  /**
   * What tells a machine from others. Interfaces without an address are left out, as not every
   * server lists them.
   */
  private static Set<JsonObject> addresses(JsonArray cards) {
    return cards.getValuesAs(JsonObject.class).stream()
        .filter(card -> ipv4(card, "ip_address").isPresent())
        .map(TunnelHosts::identity)
        .collect(Collectors.toSet());
  }

  private static JsonObject identity(JsonObject card) {
    JsonObjectBuilder identity = Json.createObjectBuilder();
    for (String field : List.of("ip_address", "mac_address")) {
      identity.add(field, card.getOrDefault(field, JsonValue.NULL));
    }
    return identity.build();
  }

  private static InetAddress resolve(Compute compute) {
    try {
      return InetAddress.getByName(compute.settings().host());
    } catch (UnknownHostException e) {
      throw LabException.conflict("The host of the compute " + compute.name() + " is unknown");
    }
  }

  /** Whether an address means the same machine wherever it is used. */
  private static boolean isTelling(InetAddress host) {
    return !host.isLoopbackAddress() && !host.isAnyLocalAddress();
  }

  private static Optional<TunnelHosts> common(List<Interface> near, List<Interface> far) {
    return near.stream()
        .flatMap(
            one ->
                far.stream()
                    .filter(other -> !other.address().equals(one.address()))
                    .filter(one::meets)
                    .map(other -> new TunnelHosts(one.address(), other.address())))
        .findFirst();
  }

  /** The usable ones; first the one that the compute is registered with, as there is a reason. */
  private static List<Interface> interfaces(JsonArray cards, InetAddress host) {
    return cards.stream()
        .flatMap(card -> usable(card.asJsonObject()).stream())
        .sorted(Comparator.comparing(card -> !card.address().equals(host.getHostAddress())))
        .toList();
  }

  private static Optional<Interface> usable(JsonObject card) {
    Optional<InetAddress> address = ipv4(card, "ip_address").filter(TunnelHosts::isTelling);
    Optional<InetAddress> mask = ipv4(card, "netmask");
    if (address.isEmpty() || mask.isEmpty() || address.get().isLinkLocalAddress()) {
      return Optional.empty();
    }
    int bits = bits(mask.get());
    return Optional.of(
        new Interface(address.get().getHostAddress(), bits(address.get()) & bits, bits));
  }

  private static Optional<InetAddress> ipv4(JsonObject card, String field) {
    return Stream.of(card)
        .map(known -> known.get(field))
        .filter(value -> value instanceof JsonString text && !text.getString().isEmpty())
        .map(value -> parse(((JsonString) value).getString()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<InetAddress> parse(String address) {
    try {
      return Optional.of(InetAddress.ofLiteral(address)).filter(Inet4Address.class::isInstance);
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static int bits(InetAddress address) {
    byte[] bytes = address.getAddress();
    return (bytes[0] & 255) << 24 | (bytes[1] & 255) << 16 | (bytes[2] & 255) << 8 | bytes[3] & 255;
  }
}
