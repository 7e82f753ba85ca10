package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.ArpPacket;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Macs;
import io.patchbay.netstack.packet.Octets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * ARP (RFC 826) with address conflict detection (RFC 5227): an address is probed before it is used,
 * announced when it is, and defended by a notice. Used under the host's lock.
 */
final class ArpService {
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(100);
  private static final int PROBES = 3;
  private static final Duration NOTICE_INTERVAL = Duration.ofSeconds(10);

  private final HostCore core;
  private final NeighborTable table;
  private Ipv4Address own = Ipv4Address.NONE;
  private int prefix;
  private Ipv4Address probed = Ipv4Address.NONE;
  private CompletableFuture<OptionalLong> probe = new CompletableFuture<>();
  private long noticedAt;
  private boolean noticed;

  ArpService(HostCore core) {
    this.core = core;
    table = new NeighborTable(core, this::ask);
  }

  NeighborTable table() {
    return table;
  }

  /** Answers for this address from now on, and tells the link. */
  void own(Ipv4Settings settings) {
    own = settings.address();
    prefix = settings.prefix();
    if (settings.isSet()) {
      announce();
    }
  }

  private void announce() {
    core.send(ArpPacket.frame(Macs.BROADCAST, ArpPacket.REQUEST, core.mac(), own, 0, own));
  }

  private void ask(IpAddress address) {
    core.send(
        ArpPacket.frame(
            Macs.BROADCAST, ArpPacket.REQUEST, core.mac(), own, 0, (Ipv4Address) address));
  }

  /**
   * Asks whether anybody uses an address.
   *
   * @return the MAC address of who does; nothing if nobody answers
   */
  CompletableFuture<OptionalLong> probe(Ipv4Address address) {
    probe.complete(OptionalLong.empty());
    probed = address;
    probe = new CompletableFuture<>();
    probe(probe, 0);
    return probe;
  }

  private void probe(CompletableFuture<OptionalLong> current, int sent) {
    if (current.isDone() || current != probe) {
      return;
    }
    if (sent == PROBES) {
      endProbe(OptionalLong.empty());
      return;
    }
    core.send(
        ArpPacket.frame(
            Macs.BROADCAST, ArpPacket.REQUEST, core.mac(), Ipv4Address.NONE, 0, probed));
    core.later(PROBE_INTERVAL, () -> probe(current, sent + 1));
  }

  private void endProbe(OptionalLong owner) {
    probed = Ipv4Address.NONE;
    core.complete(probe, owner);
  }

  void receive(Octets payload) {
    ArpPacket packet = ArpPacket.of(payload);
    long from = packet.senderMac();
    if (from == core.mac() || Macs.isGroup(from) || from == 0) {
      return;
    }
    Ipv4Address sender = packet.sender();
    if (!probed.isUnspecified() && takesProbed(packet)) {
      endProbe(OptionalLong.of(from));
    } else if (!own.isUnspecified() && sender.equals(own)) {
      conflict(from);
    } else if (!own.isUnspecified()) {
      learnAndAnswer(packet);
    }
  }

  private boolean takesProbed(ArpPacket packet) {
    return packet.sender().equals(probed)
        || packet.sender().isUnspecified() && packet.target().equals(probed);
  }

  private void learnAndAnswer(ArpPacket packet) {
    Ipv4Address sender = packet.sender();
    boolean forUs = packet.target().equals(own);
    if (!sender.isUnspecified() && sender.sharesPrefix(own, prefix)) {
      if (forUs) {
        table.learn(sender, packet.senderMac());
      } else {
        table.update(sender, packet.senderMac());
      }
    }
    if (forUs && packet.operation() == ArpPacket.REQUEST) {
      core.send(
          ArpPacket.frame(
              packet.senderMac(), ArpPacket.REPLY, core.mac(), own, packet.senderMac(), sender));
    }
  }

  private void conflict(long other) {
    long now = core.nanos();
    if (!noticed || now - noticedAt > NOTICE_INTERVAL.toNanos()) {
      noticed = true;
      noticedAt = now;
      announce();
      core.notice(Macs.text(other) + " uses my address " + own + " too");
    }
  }
}
