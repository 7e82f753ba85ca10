package io.patchbay.netstack.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.packet.IcmpMessage;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Ipv4Packet;
import io.patchbay.netstack.packet.Ipv6Address;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class VirtualHostTest {
  private final Lan lan = new Lan();
  private final VirtualHost one = lan.host(1, "10.0.0.1");
  private final VirtualHost two = lan.host(2, "10.0.0.2");
  private final IpAddress target = Ipv4Address.parse("10.0.0.2").orElseThrow();

  private static Probe probe(IpAddress to, int protocol, int size) {
    return new Probe(to, protocol, 1234, 7, 2, size, 64, false, 0);
  }

  @Test
  void anEchoComesBack() {
    CompletableFuture<Reply> reply = one.probe(Probe.echo(target, 7, 1));
    Reply.Echo echo = assertInstanceOf(Reply.Echo.class, reply.join());
    assertEquals(target, echo.from());
    assertEquals(64, echo.ttl());
    assertEquals(84, echo.size());
  }

  @Test
  void largeEchoesAreFragmentedBothWays() {
    Reply.Echo echo =
        assertInstanceOf(
            Reply.Echo.class, one.probe(probe(target, IpProtocols.ICMP, 60_000)).join());
    assertEquals(60_028, echo.size());
    assertTrue(lan.seen.stream().allMatch(frame -> frame.length <= 1514));
    assertEquals(0, lan.time.waiting());
  }

  @Test
  void datagramsAreEchoed() {
    Reply.Echo echo =
        assertInstanceOf(Reply.Echo.class, one.probe(probe(target, IpProtocols.UDP, 56)).join());
    assertEquals(84, echo.size());
  }

  @Test
  void aLateEchoIsNotEchoedOnceMore() {
    CompletableFuture<Reply> impatient = one.probe(probe(target, IpProtocols.UDP, 56));
    impatient.join();
    int before = lan.seen.size();
    List<byte[]> echoes = List.copyOf(lan.seen);
    lan.inject(one, echoes.getLast());
    assertEquals(before, lan.seen.size());
  }

  @Test
  void aDatagramOnItsLastHopFindsNobody() {
    Probe last = new Probe(target, IpProtocols.UDP, 33_000, 33_001, 0, 64, 1, false, 0);
    Reply.Error error = assertInstanceOf(Reply.Error.class, one.probe(last).join());
    assertEquals(3, error.type());
    assertEquals(3, error.code());
  }

  @Test
  void aSynIsAccepted() {
    Reply.Segment segment =
        assertInstanceOf(Reply.Segment.class, one.probe(probe(target, IpProtocols.TCP, 0)).join());
    assertTrue(TcpConversation.isAccepted(segment));
  }

  @Test
  void aSilentNeighborIsAskedThreeTimes() {
    CompletableFuture<Reach> reach = one.reach(Ipv4Address.parse("10.0.0.9").orElseThrow());
    lan.pass(2_900);
    assertFalse(reach.isDone());
    lan.pass(200);
    assertEquals(Reach.State.SILENT, reach.join().state());
    assertEquals(3, lan.seen.stream().filter(frame -> asksFor(frame, 9)).count());
  }

  private static boolean asksFor(byte[] frame, int host) {
    return frame.length == 42 && frame[21] == 1 && frame[41] == host;
  }

  @Test
  void otherSubnetsNeedAGateway() {
    IpAddress far = Ipv4Address.parse("192.168.7.7").orElseThrow();
    assertEquals(Reach.State.NO_GATEWAY, one.reach(far).join().state());
    one.ipv4(
        new Ipv4Settings(Ipv4Address.parse("10.0.0.1").orElseThrow(), 24, (Ipv4Address) target));
    Reach reach = one.reach(far).join();
    assertEquals(Reach.State.REACHABLE, reach.state());
    assertEquals(target, reach.hop());
  }

  @Test
  void neighborsAreForgotten() {
    one.probe(Probe.echo(target, 1, 1)).join();
    assertEquals(two.mac(), one.arpTable().getFirst().mac());
    lan.pass(121_000);
    assertTrue(one.arpTable().isEmpty());
  }

  @Test
  void aNewAddressIsAnnounced() {
    lan.seen.clear();
    one.ipv4(Lan.settings("10.0.0.7"));
    assertEquals(
        "ffffffffffff0050796668010806" // to everybody, from one, ARP
            + "0001080006040001" // Ethernet, IPv4, a request
            + "0050796668010a000007" // of one for its own address
            + "0000000000000a000007",
        HexFormat.of().formatHex(lan.seen.getFirst()));
    assertEquals(1, lan.seen.size());
  }

  @Test
  void whoTakesAnAddressOverIsKnownAtOnce() {
    two.probe(Probe.echo(Ipv4Address.parse("10.0.0.1").orElseThrow(), 1, 1)).join();
    assertEquals(one.mac(), two.arpTable().getFirst().mac());
    one.ipv4(Ipv4Settings.NONE);
    VirtualHost third = lan.host(3, "10.0.0.1");
    assertEquals(third.mac(), two.arpTable().getFirst().mac());
  }

  @Test
  void anAddressInUseIsFound() {
    VirtualHost third = lan.host(3);
    assertEquals(OptionalLong.of(two.mac()), third.whoHas((Ipv4Address) target).join());
    CompletableFuture<OptionalLong> free =
        third.whoHas(Ipv4Address.parse("10.0.0.3").orElseThrow());
    lan.pass(1_000);
    assertEquals(OptionalLong.empty(), free.join());
  }

  @Test
  void aConflictIsNoticedOnceInAWhile() {
    List<String> notices = new ArrayList<>();
    two.notices(notices::add);
    VirtualHost third = lan.host(3);
    third.ipv4(Lan.settings("10.0.0.2"));
    third.ipv4(Lan.settings("10.0.0.2"));
    assertEquals(1, notices.size());
    assertTrue(notices.getFirst().contains("10.0.0.2"), notices.getFirst());
  }

  @Test
  void aSmallerMtuIsLearnedFromErrors() {
    two.mtu(600);
    Probe whole = new Probe(target, IpProtocols.ICMP, 1, 1, 0, 1000, 64, true, 0);
    Reply.Error error = assertInstanceOf(Reply.Error.class, one.probe(whole).join());
    assertEquals(IcmpMessage.FRAGMENTATION_NEEDED_CODE, error.code());
    assertEquals(600, error.mtu());
    Probe parts = new Probe(target, IpProtocols.ICMP, 1, 2, 0, 1000, 64, false, 0);
    assertInstanceOf(Reply.Echo.class, one.probe(parts).join());
  }

  @Test
  void aMissingFragmentIsReportedInTime() {
    lan.lose(frame -> frame.length < 600 && frame.length > 60);
    CompletableFuture<Reply> reply = one.probe(probe(target, IpProtocols.ICMP, 2000));
    lan.lose(frame -> false);
    lan.pass(30_100);
    Reply.Error error = assertInstanceOf(Reply.Error.class, reply.join());
    assertEquals(11, error.type());
    assertEquals(1, error.code());
  }

  @Test
  void unknownProtocolsAreRefused() {
    one.probe(Probe.echo(target, 1, 1)).join();
    Ipv4Packet.Header header =
        new Ipv4Packet.Header(
            1, false, 64, 99, Ipv4Address.parse("10.0.0.1").orElseThrow(), (Ipv4Address) target);
    lan.inject(
        two,
        Ipv4Packet.frame(two.mac(), one.mac(), header, new byte[8], 0, 8, false).frame().toBytes());
    byte[] answer = lan.seen.getLast();
    assertEquals(3, answer[34]);
    assertEquals(2, answer[35]);
  }

  @Test
  void ipv6WorksOnTheLinkFromTheStart() {
    Reply.Echo echo =
        assertInstanceOf(Reply.Echo.class, one.probe(Probe.echo(two.linkLocal(), 9, 1)).join());
    assertEquals(two.linkLocal(), echo.from());
    assertEquals("fe80::250:79ff:fe66:6802", two.linkLocal().toString());
  }

  @Test
  void ipv6FragmentsAndEchoesDatagrams() {
    one.ipv6(Ipv6Address.parse("2001:db8::1").orElseThrow(), 64, false);
    two.ipv6(Ipv6Address.parse("2001:db8::2").orElseThrow(), 64, false);
    IpAddress six = Ipv6Address.parse("2001:db8::2").orElseThrow();
    assertInstanceOf(Reply.Echo.class, one.probe(probe(six, IpProtocols.ICMP, 5000)).join());
    assertInstanceOf(Reply.Echo.class, one.probe(probe(six, IpProtocols.UDP, 3000)).join());
    assertInstanceOf(Reply.Segment.class, one.probe(probe(six, IpProtocols.TCP, 0)).join());
  }

  @Test
  void nothingIsLeftBehind() {
    for (int i = 0; i < 100; i++) {
      one.probe(Probe.echo(target, 7, i)).join();
      one.probe(probe(target, IpProtocols.UDP, 3000)).join();
    }
    assertEquals(0, lan.time.waiting());
  }
}
