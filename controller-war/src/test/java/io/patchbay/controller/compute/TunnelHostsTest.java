package io.patchbay.controller.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TunnelHostsTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final JsonObject LO = card("lo", "127.0.0.1", "255.0.0.0", "00:00:00:00:00:00");
  private static final JsonObject BARE = card("ifb0", "", "", "7a:7c:58:cb:ff:fe");
  private static final JsonObject NEAR =
      card("eth0", "192.0.2.2", "255.255.255.0", "02:00:00:00:00:01");

  @Test
  void oneMachineNeedsNoNetwork() {
    assertEquals(
        Optional.of(new TunnelHosts("127.0.0.1", "127.0.0.1")),
        between(cards(LO, NEAR), cards(NEAR, LO)));
  }

  @Test
  void interfacesWithoutAnAddressDoNotMakeItAnotherMachine() {
    assertEquals(
        Optional.of(new TunnelHosts("127.0.0.1", "127.0.0.1")),
        between(cards(LO, NEAR), cards(LO, BARE, NEAR)));
  }

  @Test
  void twoMachinesMeetInTheNetworkThatTheyShare() {
    JsonObject other = card("eth1", "198.51.100.7", "255.255.255.0", "02:00:00:00:00:07");
    JsonObject far = card("eth0", "192.0.2.9", "255.255.255.0", "02:00:00:00:00:09");
    assertEquals(
        Optional.of(new TunnelHosts("192.0.2.2", "192.0.2.9")),
        between(cards(LO, NEAR), cards(LO, other, far)));
  }

  @Test
  void machinesBehindOneAddressTranslatorHaveNothingInCommon() {
    JsonObject twin = card("eth0", "192.0.2.2", "255.255.255.0", "02:00:00:00:00:09");
    assertEquals(Optional.empty(), between(cards(LO, NEAR), cards(LO, twin)));
  }

  @Test
  void linkLocalAddressesAreNoNetwork() {
    JsonObject one = card("eth0", "169.254.0.1", "255.255.0.0", "02:00:00:00:00:01");
    JsonObject two = card("eth0", "169.254.0.2", "255.255.0.0", "02:00:00:00:00:02");
    assertEquals(Optional.empty(), between(cards(LO, one), cards(LO, two)));
  }

  private static Optional<TunnelHosts> between(JsonArray near, JsonArray far) {
    return TunnelHosts.between(LOOPBACK, near, LOOPBACK, far);
  }

  private static JsonArray cards(JsonObject... cards) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    for (JsonObject card : cards) {
      all.add(card);
    }
    return all.build();
  }

  private static JsonObject card(String name, String address, String mask, String mac) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("ip_address", address)
        .add("netmask", mask)
        .add("mac_address", mac)
        .build();
  }
}
