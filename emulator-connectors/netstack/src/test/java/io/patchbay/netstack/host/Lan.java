package io.patchbay.netstack.host;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.wire.Frame;
import io.patchbay.netstack.wire.FrameBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Hosts on one wire, in a time of their own. */
final class Lan {
  final ManualScheduler time = new ManualScheduler();
  final List<byte[]> seen = new ArrayList<>();
  private final List<VirtualHost> hosts = new ArrayList<>();
  private Predicate<byte[]> lost = frame -> false;
  private FrameReceiver router = FrameReceiver.DROP;

  VirtualHost host(int number) {
    VirtualHost host = new VirtualHost(0x005079666800L + number, time);
    hosts.add(host);
    host.port().receiver(frame -> carry(host, frame));
    return host;
  }

  VirtualHost host(int number, String address) {
    VirtualHost host = host(number);
    host.ipv4(settings(address));
    return host;
  }

  static Ipv4Settings settings(String address) {
    return new Ipv4Settings(Ipv4Address.parse(address).orElseThrow(), 24, Ipv4Address.NONE);
  }

  /** Frames like these do not arrive. */
  void lose(Predicate<byte[]> frames) {
    lost = frames;
  }

  /** Somebody who is no host sees every frame. */
  void router(FrameReceiver receiver) {
    router = receiver;
  }

  private void carry(VirtualHost from, Frame frame) {
    byte[] copy = frame.toBytes();
    seen.add(copy);
    if (lost.test(copy)) {
      return;
    }
    router.receive(frame);
    for (VirtualHost host : hosts) {
      if (host != from) {
        host.port().send(frame);
      }
    }
  }

  void inject(VirtualHost to, byte[] frame) {
    to.port().send(new FrameBuffer().fill(frame));
  }

  void pass(int milliseconds) {
    time.pass(Duration.ofMillis(milliseconds));
  }
}
