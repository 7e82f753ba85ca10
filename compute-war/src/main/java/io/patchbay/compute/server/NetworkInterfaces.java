package io.patchbay.compute.server;

import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The network interfaces of this machine, as the wire has them. */
final class NetworkInterfaces {
  /** Interfaces that programs made for their own use; clients list them apart. */
  private static final Pattern SPECIAL =
      Pattern.compile("(lo|vmnet|vboxnet|docker|veth|virbr|br-|ovs|gns3|Loopback).*");

  private static final Pattern TAP = Pattern.compile("tap.*");

  private NetworkInterfaces() {}

  static JsonArray list() throws SocketException {
    JsonArrayBuilder interfaces = Json.createArrayBuilder();
    for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      interfaces.add(describe(card));
    }
    return interfaces.build();
  }

  private static JsonObjectBuilder describe(NetworkInterface card) throws SocketException {
    Optional<InterfaceAddress> address =
        card.getInterfaceAddresses().stream()
            .filter(candidate -> candidate.getAddress() instanceof Inet4Address)
            .findFirst();
    byte[] mac = card.getHardwareAddress();
    String name = card.getName();
    return Json.createObjectBuilder()
        .add("id", name)
        .add("name", name)
        .add("ip_address", address.map(a -> a.getAddress().getHostAddress()).orElse(""))
        .add("netmask", address.map(a -> mask(a.getNetworkPrefixLength())).orElse(""))
        .add(
            "mac_address",
            mac == null ? "00:00:00:00:00:00" : HexFormat.ofDelimiter(":").formatHex(mac))
        .add("type", TAP.matcher(name).matches() ? "tap" : "ethernet")
        .add("special", SPECIAL.matcher(name).matches());
  }

  private static String mask(int prefix) {
    long bits = prefix == 0 ? 0 : 0xffff_ffffL << (32 - prefix) & 0xffff_ffffL;
    return "%d.%d.%d.%d".formatted(bits >> 24, bits >> 16 & 255, bits >> 8 & 255, bits & 255);
  }
}
