package io.patchbay.netstack.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.packet.IcmpMessage;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv6Address;
import io.patchbay.netstack.packet.Ipv6Packet;
import io.patchbay.netstack.packet.Octets;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AutoconfigurationTest {
  private static final int HOUR = 3600;
  private static final long ROUTER_MAC = 0x020000000001L;
  private static final Ipv6Address ROUTER = Ipv6Address.linkLocal(ROUTER_MAC);
  private static final String OURS = "2001:db8:1:0:250:79ff:fe66:6801";

  private final Lan lan = new Lan();
  private final VirtualHost host = lan.host(1);

  private static ByteBuffer advertisement() {
    return ByteBuffer.allocate(200).putLong(0);
  }

  private static ByteBuffer prefix(ByteBuffer to, String address, int valid, int preferred) {
    to.put((byte) 3).put((byte) 4).put((byte) 64).put((byte) 0xc0);
    to.putInt(valid).putInt(preferred).putInt(0);
    Ipv6Address.parse(address).orElseThrow().put(to);
    return to;
  }

  private void hear(int routerLifetime, ByteBuffer body) {
    byte[] octets = new byte[body.position()];
    body.get(0, octets);
    byte[] message =
        IcmpMessage.makeV6(
            IcmpMessage.ROUTER_ADVERTISEMENT,
            0,
            routerLifetime,
            Octets.of(octets),
            ROUTER,
            Ipv6Address.ALL_NODES);
    Ipv6Packet.Header header =
        new Ipv6Packet.Header(IpProtocols.ICMPV6, 255, ROUTER, Ipv6Address.ALL_NODES);
    long everybody = Ipv6Address.ALL_NODES.multicastMac();
    lan.inject(host, Ipv6Packet.frame(everybody, ROUTER_MAC, header, message).frame().toBytes());
  }

  private String address() {
    return host.ipv6().address().toString();
  }

  private void passHours(int hours) {
    lan.pass(hours * HOUR * 1000);
  }

  @Test
  void anAddressLastsAsLongAsItsPrefix() {
    hear(0, prefix(advertisement(), "2001:db8:1::", 4 * HOUR, 4 * HOUR));
    assertEquals(OURS, address());
    passHours(3);
    hear(0, prefix(advertisement(), "2001:db8:1::", 4 * HOUR, 4 * HOUR));
    passHours(3);
    assertEquals(OURS, address());
    passHours(1);
    assertFalse(host.ipv6().isSet());
  }

  @Test
  void oneMessageDoesNotEndAnAddressAtOnce() {
    hear(0, prefix(advertisement(), "2001:db8:1::", 24 * HOUR, 24 * HOUR));
    hear(0, prefix(advertisement(), "2001:db8:1::", 0, 0));
    assertEquals(OURS, address());
    passHours(1);
    hear(0, prefix(advertisement(), "2001:db8:1::", 0, 0));
    assertEquals(OURS, address());
    passHours(1);
    assertFalse(host.ipv6().isSet());
  }

  @Test
  void anotherPrefixCountsOnceOursIsNotPreferred() {
    hear(0, prefix(advertisement(), "2001:db8:1::", 24 * HOUR, HOUR));
    hear(0, prefix(advertisement(), "2001:db8:2::", 24 * HOUR, HOUR));
    assertEquals(OURS, address());
    ByteBuffer both = prefix(advertisement(), "2001:db8:1::", 24 * HOUR, 0);
    hear(0, prefix(both, "2001:db8:2::", 24 * HOUR, HOUR));
    assertEquals(OURS.replace("db8:1", "db8:2"), address());
  }

  @Test
  void aRouterIsUsedAsLongAsItSays() {
    hear(1800, advertisement());
    assertEquals(ROUTER, host.ipv6().router());
    assertEquals(ROUTER_MAC, host.ipv6().routerMac());
    lan.pass(1_799_000);
    assertTrue(host.ipv6().hasRouter());
    lan.pass(1_000);
    assertFalse(host.ipv6().hasRouter());
    hear(1800, advertisement());
    hear(0, advertisement());
    assertFalse(host.ipv6().hasRouter());
  }

  @Test
  void anAddressSetByHandStays() {
    Ipv6Address own = Ipv6Address.parse("2001:db8:7::7").orElseThrow();
    hear(1800, prefix(advertisement(), "2001:db8:1::", HOUR, HOUR));
    host.ipv6(own, 64, false);
    hear(1800, prefix(advertisement(), "2001:db8:1::", HOUR, HOUR));
    passHours(2);
    assertEquals(own, host.ipv6().address());
  }

  @Test
  void nothingWaitsForTheEndOfWhatIsCleared() {
    hear(1800, prefix(advertisement(), "2001:db8:1::", 24 * HOUR, HOUR));
    host.clearIpv6();
    assertEquals(0, lan.time.waiting());
    hear(1800, prefix(advertisement(), "2001:db8:1::", 24 * HOUR, HOUR));
    host.close();
    assertEquals(0, lan.time.waiting());
  }
}
