package io.patchbay.netstack.host;

import static io.patchbay.netstack.packet.DhcpMessage.DECLINE;
import static io.patchbay.netstack.packet.DhcpMessage.DISCOVER;
import static io.patchbay.netstack.packet.DhcpMessage.NAK;
import static io.patchbay.netstack.packet.DhcpMessage.RELEASE;
import static io.patchbay.netstack.packet.DhcpMessage.REQUEST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.packet.DhcpMessage;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DhcpClientTest {
  private static final int LEASE = 800;

  private final Lan lan = new Lan();
  private final VirtualHost host = lan.host(1);
  // So that what is sent to the server's address arrives somewhere.
  private final VirtualHost neighbor = lan.host(2, FakeDhcpServer.ADDRESS.toString());
  private final FakeDhcpServer server = new FakeDhcpServer(lan, host, LEASE);
  private final List<Integer> observed = new ArrayList<>();

  private DhcpResult ask() {
    CompletableFuture<DhcpResult> result = host.dhcp(message -> observed.add(message.type()));
    lan.pass(30_000);
    return result.join();
  }

  private void pass(int seconds) {
    lan.pass(seconds * 1000);
  }

  @Test
  void anAddressIsGot() {
    assertInstanceOf(DhcpResult.Bound.class, ask());
    assertEquals(FakeDhcpServer.GIVEN, host.ipv4().address());
    assertEquals(List.of(DISCOVER, REQUEST), server.types());
    assertEquals(List.of(1, 2, 3, 5), observed);
    assertEquals(Optional.of(FakeDhcpServer.ADDRESS), server.asked.getLast().address(54));
    assertEquals(Optional.of(FakeDhcpServer.GIVEN), server.asked.getLast().address(50));
  }

  @Test
  void aLeaseIsRenewedAtHalfItsTimeWithItsServer() {
    ask();
    server.asked.clear();
    pass(LEASE / 2);
    assertEquals(List.of(REQUEST), server.types());
    DhcpMessage renewal = server.asked.getFirst();
    // As RFC 2131, table 5 has it.
    assertEquals(FakeDhcpServer.GIVEN, renewal.clientAddress());
    assertTrue(renewal.address(DhcpMessage.SERVER).isEmpty());
    assertTrue(renewal.address(DhcpMessage.REQUESTED_ADDRESS).isEmpty());
    assertTrue(lan.seen.stream().anyMatch(frame -> isRequestTo(frame, neighbor.mac())));
    pass(10 * LEASE);
    assertEquals(FakeDhcpServer.GIVEN, host.ipv4().address());
  }

  private static boolean isRequestTo(byte[] frame, long mac) {
    return frame.length > 300 && Octets.of(frame).u48(0) == mac;
  }

  @Test
  void withoutAnAnswerEverybodyIsAskedAndThenTheAddressIsGone() {
    ask();
    List<String> notices = new ArrayList<>();
    host.notices(notices::add);
    server.answer = 0;
    pass(LEASE * 7 / 8 - 30);
    assertTrue(server.types().stream().filter(type -> type == REQUEST).count() > 2);
    lan.seen.clear();
    server.asked.clear();
    pass(31);
    assertEquals(List.of(REQUEST), server.types());
    assertTrue(lan.seen.stream().anyMatch(frame -> isRequestTo(frame, 0xffff_ffff_ffffL)));
    assertEquals(FakeDhcpServer.GIVEN, host.ipv4().address());
    pass(LEASE / 8);
    assertFalse(host.ipv4().isSet());
    assertEquals(1, notices.size());
  }

  @Test
  void aRefusedRenewalEndsTheAddress() {
    ask();
    server.answer = NAK;
    pass(LEASE / 2);
    assertFalse(host.ipv4().isSet());
    assertTrue(host.lease().isEmpty());
    assertEquals(0, lan.time.waiting());
  }

  @Test
  void anAddressThatSomebodyHasIsDeclined() {
    VirtualHost other = lan.host(3, FakeDhcpServer.GIVEN.toString());
    DhcpResult.InUse used = assertInstanceOf(DhcpResult.InUse.class, ask());
    assertEquals(other.mac(), used.mac());
    assertEquals(List.of(DISCOVER, REQUEST, DECLINE), server.types());
    assertFalse(host.ipv4().isSet());
  }

  @Test
  void anAddressIsGivenBack() {
    ask();
    List<Integer> said = new ArrayList<>();
    assertTrue(host.releaseDhcp(message -> said.add(message.type())).join());
    assertEquals(List.of(RELEASE), said);
    assertEquals(RELEASE, server.asked.getLast().type());
    assertEquals(FakeDhcpServer.GIVEN, server.asked.getLast().clientAddress());
    assertFalse(host.ipv4().isSet());
    assertEquals(0, lan.time.waiting());
    assertFalse(host.releaseDhcp(message -> {}).join());
  }

  @Test
  void theLastAddressIsAskedForAgain() {
    ask();
    server.asked.clear();
    ask();
    assertEquals(
        Optional.of(FakeDhcpServer.GIVEN),
        server.asked.getFirst().address(DhcpMessage.REQUESTED_ADDRESS));
  }

  @Test
  void silenceIsToldAfterThreeQuestions() {
    lan.lose(frame -> true);
    assertInstanceOf(DhcpResult.NoServer.class, ask());
    assertEquals(List.of(DISCOVER, DISCOVER, DISCOVER), observed);
    assertEquals(0, lan.time.waiting());
  }

  @Test
  void anAddressSetByHandEndsTheLease() {
    ask();
    host.ipv4(Lan.settings("10.0.0.9"));
    server.asked.clear();
    pass(2 * LEASE);
    assertTrue(server.asked.isEmpty());
    assertEquals(Ipv4Address.parse("10.0.0.9"), Optional.of(host.ipv4().address()));
  }
}
