package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IcmpMessage;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Ipv4Packet;
import io.patchbay.netstack.packet.Macs;
import io.patchbay.netstack.packet.Octets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** IPv4 (RFC 791, RFC 1122) of a host that does not forward. Used under the host's lock. */
final class Ipv4Layer implements IpLayer {
  private static final int LEAST_PATH = 576;
  private static final int ERRORS_PER_SECOND = 100;
  private static final int QUOTED = 548;
  private static final long MULTICAST_MAC = 0x01005e_000000L;

  private final HostCore core;
  private final ArpService arp;
  private final ProbeTable probes;
  private final Reassembly reassembly;
  private final PathMtuTable paths;
  private final RateLimit errors;
  private Consumer<Incoming> transports = packet -> {};
  private Ipv4Settings settings = Ipv4Settings.NONE;
  private int identification = ThreadLocalRandom.current().nextInt(1 << 16);

  Ipv4Layer(HostCore core, ProbeTable probes) {
    this.core = core;
    this.probes = probes;
    arp = new ArpService(core);
    reassembly = new Reassembly(core);
    paths = new PathMtuTable(core, LEAST_PATH);
    errors = new RateLimit(ERRORS_PER_SECOND, core::nanos);
  }

  /** Who takes what is neither ICMP nor damaged. */
  void transports(Consumer<Incoming> receiver) {
    transports = receiver;
  }

  ArpService arp() {
    return arp;
  }

  Ipv4Settings settings() {
    return settings;
  }

  void settings(Ipv4Settings newSettings) {
    settings = newSettings;
    arp.own(newSettings);
  }

  /** Takes a packet whose frame was for this host or for all. */
  void receive(Octets octets, boolean frameForUs) {
    Ipv4Packet packet = Ipv4Packet.of(octets);
    Ipv4Address to = packet.destination();
    boolean mine = settings.isSet() && to.equals(settings.address());
    boolean dhcp = isDhcpReply(packet, frameForUs);
    if (!mine && !dhcp || packet.source().isMulticast() || packet.source().bits() == -1) {
      return;
    }
    if (packet.totalLength() > core.mtu()) {
      error(packet.octets(), packet, IcmpMessage.UNREACHABLE, 4, core.mtu());
      return;
    }
    if (packet.isFragment()) {
      receiveFragment(packet);
    } else {
      deliver(packet, packet.payload());
    }
  }

  /** Replies of DHCP come before there is an address, to the one that is offered or to all. */
  private static boolean isDhcpReply(Ipv4Packet packet, boolean frameForUs) {
    return packet.protocol() == IpProtocols.UDP
        && (frameForUs || packet.destination().equals(Ipv4Address.BROADCAST))
        && !packet.isFragment()
        && packet.payload().i32(0) == (67 << 16 | 68);
  }

  private void receiveFragment(Ipv4Packet packet) {
    Optional<byte[]> whole =
        reassembly.add(
            new Reassembly.Key(
                packet.source(), packet.destination(), packet.protocol(), packet.identification()),
            new Reassembly.Part(
                packet.fragmentOffset(), packet.moreFragments(), packet.payload(), packet.octets()),
            late ->
                error(
                    late,
                    Ipv4Packet.of(late),
                    IcmpMessage.TIME_EXCEEDED,
                    IcmpMessage.REASSEMBLY_CODE,
                    0));
    whole.ifPresent(payload -> deliver(packet, Octets.of(payload)));
  }

  private void deliver(Ipv4Packet packet, Octets payload) {
    Incoming incoming =
        new Incoming(
            packet.source(),
            packet.destination(),
            packet.protocol(),
            packet.ttl(),
            packet.headerLength(),
            payload,
            packet.octets());
    switch (packet.protocol()) {
      case IpProtocols.ICMP -> icmp(incoming, IcmpMessage.ofV4(payload));
      case IpProtocols.UDP, IpProtocols.TCP -> transports.accept(incoming);
      default ->
          error(
              packet.octets(),
              packet,
              IcmpMessage.UNREACHABLE,
              IcmpMessage.PROTOCOL_UNREACHABLE_CODE,
              0);
    }
  }

  private void icmp(Incoming packet, IcmpMessage message) {
    switch (message.type()) {
      case IcmpMessage.ECHO ->
          send(
              new Outgoing(
                  packet.destination(),
                  packet.source(),
                  IpProtocols.ICMP,
                  IcmpMessage.makeV4(IcmpMessage.ECHO_REPLY, 0, message.word(), message.body())));
      case IcmpMessage.ECHO_REPLY -> probes.echo(packet, message.word());
      case IcmpMessage.UNREACHABLE, IcmpMessage.TIME_EXCEEDED -> icmpError(packet, message);
      default -> {}
    }
  }

  private void icmpError(Incoming packet, IcmpMessage message) {
    Octets about = message.body();
    int header = (about.u8(0) & 15) * 4;
    Ipv4Address destination = new Ipv4Address(about.i32(16));
    if (!new Ipv4Address(about.i32(12)).equals(settings.address())) {
      return;
    }
    boolean tooBig =
        message.type() == IcmpMessage.UNREACHABLE
            && message.code() == IcmpMessage.FRAGMENTATION_NEEDED_CODE;
    int mtu = tooBig ? message.word() & 0xffff : 0;
    if (tooBig) {
      paths.learn(destination, mtu);
    }
    probes.error(
        destination,
        about.u8(9),
        about.from(header),
        new Reply.Error(
            packet.source(), packet.ttl(), core.nanos(), message.type(), message.code(), mtu));
  }

  @Override
  public void portUnreachable(Incoming about) {
    error(
        about.packet(),
        Ipv4Packet.of(about.packet()),
        IcmpMessage.UNREACHABLE,
        IcmpMessage.PORT_UNREACHABLE_CODE,
        0);
  }

  /** Tells of a packet that could not be taken; never of another error (RFC 1122, 3.2.2). */
  private void error(Octets about, Ipv4Packet packet, int type, int code, int word) {
    boolean echoOrElse =
        packet.protocol() != IpProtocols.ICMP
            || packet.fragmentOffset() == 0
                && packet.payload().length() > 0
                && packet.payload().u8(0) == IcmpMessage.ECHO;
    boolean toUs = packet.destination().equals(settings.address());
    if (toUs && echoOrElse && packet.fragmentOffset() == 0 && errors.allows()) {
      byte[] message =
          IcmpMessage.makeV4(type, code, word, about.slice(0, Math.min(QUOTED, about.length())));
      send(new Outgoing(packet.destination(), packet.source(), IpProtocols.ICMP, message));
    }
  }

  /** The address that packets to this one are handed to; empty if there is no way. */
  private Optional<Ipv4Address> hop(Ipv4Address to) {
    if (settings.isSet() && to.sharesPrefix(settings.address(), settings.prefix())) {
      return Optional.of(to);
    }
    return settings.hasGateway() ? Optional.of(settings.gateway()) : Optional.empty();
  }

  CompletableFuture<Reach> reach(Ipv4Address to) {
    return arp.table().reach(to, hop(to));
  }

  @Override
  public void send(Outgoing packet) {
    Ipv4Address to = (Ipv4Address) packet.destination();
    if (to.isMulticast()) {
      emit(MULTICAST_MAC | to.bits() & 0x7f_ffff, packet);
    } else if (to.isBroadcast(settings.isSet() ? settings.prefix() : 32)) {
      emit(Macs.BROADCAST, packet);
    } else {
      hop(to)
          .ifPresent(
              hop -> arp.table().resolve(hop, mac -> mac.ifPresent(known -> emit(known, packet))));
    }
  }

  /** Sends to a MAC address, in as many fragments as it takes. */
  void emit(long mac, Outgoing packet) {
    Ipv4Packet.Header header =
        new Ipv4Packet.Header(
            identification++ & 0xffff,
            packet.dontFragment(),
            packet.ttl(),
            packet.protocol(),
            (Ipv4Address) packet.source(),
            (Ipv4Address) packet.destination());
    // A path's MTU is found out by packets that must not be fragmented, so it is not for them.
    int path = packet.dontFragment() ? core.mtu() : paths.find(packet.destination());
    int mtu = packet.mtu() == 0 ? path : Math.min(packet.mtu(), path);
    int room = mtu - Ipv4Packet.HEADER;
    byte[] payload = packet.payload();
    if (payload.length <= room) {
      core.send(Ipv4Packet.frame(mac, core.mac(), header, payload, 0, payload.length, false));
      return;
    }
    int step = room & ~7;
    for (int at = 0; at < payload.length; at += step) {
      int length = Math.min(step, payload.length - at);
      core.send(
          Ipv4Packet.frame(
              mac, core.mac(), header, payload, at, length, at + length < payload.length));
    }
  }

  void close() {
    reassembly.clear();
  }
}
