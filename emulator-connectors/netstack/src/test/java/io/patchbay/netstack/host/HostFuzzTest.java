package io.patchbay.netstack.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.netstack.Complaints;
import io.patchbay.netstack.Input;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Ipv6Address;
import io.patchbay.netstack.wire.Frame;
import java.util.Arrays;
import java.util.List;

/** Whatever arrives, and whatever a host is doing at that time, it goes on. */
class HostFuzzTest {
  private static final Ipv4Address NEIGHBOR = Ipv4Address.parse("10.0.0.2").orElseThrow();
  private static final Ipv4Address SERVER = Ipv4Address.parse("10.0.0.254").orElseThrow();
  private static final Ipv6Address ALL_NODES = Ipv6Address.parse("ff02::1").orElseThrow();
  // More than one step causes by itself: each of two hosts lets out no more than 256 frames at
  // once.
  private static final int STORM = 1000;
  private static final int MAX_STEPS = 200;

  private final Lan lan = new Lan();
  private final VirtualHost one = lan.host(1, "10.0.0.1");
  private final VirtualHost two = lan.host(2, "10.0.0.2");

  @FuzzTest
  void aHostSurvives(byte[] octets) {
    try (Complaints complaints = new Complaints()) {
      one.names(new NameSettings(List.of(SERVER), List.of(ALL_NODES), "lab.test"));
      Input input = new Input(octets);
      for (int steps = 0; steps < MAX_STEPS && !input.isEmpty(); steps++) {
        int before = lan.seen.size();
        step(input);
        assertTrue(lan.seen.size() - before < STORM, "a storm");
      }
      goesOn();
      complaints.requireNone();
    }
  }

  /** A step is an octet that says what happens, and what belongs to it. */
  private void step(Input input) {
    int what = input.u8();
    switch (what & 15) {
      case 8 -> lan.pass(1 << (input.u8() & 23));
      case 9 -> one.dhcp(message -> message.options());
      case 10 -> one.resolve("srv");
      case 11 -> one.autoIpv6();
      case 12 -> one.probe(Probe.echo(NEIGHBOR, input.u16(), 1));
      case 13 -> one.probe(new Probe(ALL_NODES, IpProtocols.UDP, 7, 7, 0, 56, 64, false, 0));
      case 14 -> one.releaseDhcp(message -> {});
      case 15 -> one.mtu(Math.clamp(input.u16(), 68, 9000));
      default -> {
        byte[] frame = input.octets(input.u16());
        byte[] whole = Arrays.copyOf(frame, Math.clamp(frame.length, Frame.MIN_LENGTH, 9216));
        if ((what & 16) == 0) {
          Mending.mend(whole, lan.seen);
        }
        lan.inject((what & 1) == 0 ? one : two, whole);
      }
    }
  }

  private void goesOn() {
    lan.pass(60_000);
    one.mtu(1500);
    one.ipv4(Lan.settings("10.0.0.1"));
    two.ipv4(Lan.settings("10.0.0.2"));
    one.clearArp();
    two.clearArp();
    assertInstanceOf(Reply.Echo.class, one.probe(Probe.echo(NEIGHBOR, 1, 1)).join());
    // What routers told may be good for days, and leases are renewed.
    one.clearIpv6();
    two.clearIpv6();
    lan.pass(300_000);
    assertEquals(0, lan.time.waiting());
  }
}
