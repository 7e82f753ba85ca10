package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IcmpMessage;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv6Address;
import io.patchbay.netstack.packet.Ipv6Packet;
import io.patchbay.netstack.packet.Octets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** IPv6 (RFC 8200, RFC 4443) of a host that does not forward. Used under the host's lock. */
final class Ipv6Layer implements IpLayer {
  private static final int LEAST_PATH = 1280;
  private static final int ERRORS_PER_SECOND = 100;

  private final HostCore core;
  private final ProbeTable probes;
  private final Ipv6Address linkLocal;
  private final NeighborDiscovery neighbors;
  private final Reassembly reassembly;
  private final PathMtuTable paths;
  private final RateLimit errors;
  private Consumer<Incoming> transports = packet -> {};
  private Ipv6Settings settings = Ipv6Settings.NONE;
  private int identification = ThreadLocalRandom.current().nextInt();

  Ipv6Layer(HostCore core, ProbeTable probes) {
    this.core = core;
    this.probes = probes;
    linkLocal = Ipv6Address.linkLocal(core.mac());
    neighbors = new NeighborDiscovery(core, this);
    reassembly = new Reassembly(core);
    paths = new PathMtuTable(core, LEAST_PATH);
    errors = new RateLimit(ERRORS_PER_SECOND, core::nanos);
  }

  /** Who takes what is neither ICMPv6 nor damaged. */
  void transports(Consumer<Incoming> receiver) {
    transports = receiver;
  }

  NeighborDiscovery neighbors() {
    return neighbors;
  }

  PathMtuTable paths() {
    return paths;
  }

  Ipv6Settings settings() {
    return settings;
  }

  void settings(Ipv6Settings newSettings) {
    settings = newSettings;
  }

  Ipv6Address linkLocal() {
    return linkLocal;
  }

  boolean isMine(Ipv6Address address) {
    return address.equals(linkLocal) || settings.isSet() && address.equals(settings.address());
  }

  private boolean isForUs(Ipv6Address address) {
    return isMine(address)
        || address.equals(Ipv6Address.ALL_NODES)
        || address.equals(linkLocal.solicitedNode())
        || settings.isSet() && address.equals(settings.address().solicitedNode());
  }

  /** The address of ours that packets to this one come from. */
  Ipv6Address sourceFor(Ipv6Address destination) {
    boolean local = destination.isLinkLocal() || destination.isMulticast();
    return local || !settings.isSet() ? linkLocal : settings.address();
  }

  void receive(Octets octets, long fromMac) {
    Ipv6Packet packet = Ipv6Packet.of(octets);
    if (!isForUs(packet.destination()) || packet.source().isMulticast()) {
      return;
    }
    if (packet.octets().length() > core.mtu()) {
      error(packet, IcmpMessage.TOO_BIG_6, 0, core.mtu());
    } else if (packet.fragment().isPresent()) {
      receiveFragment(packet, packet.fragment().get());
    } else {
      deliver(packet, packet.protocol(), packet.payload(), fromMac);
    }
  }

  private void receiveFragment(Ipv6Packet packet, Ipv6Packet.Fragment fragment) {
    Optional<byte[]> whole =
        reassembly.add(
            new Reassembly.Key(
                packet.source(), packet.destination(), fragment.next(), fragment.identification()),
            new Reassembly.Part(
                fragment.offset(), fragment.more(), packet.payload(), packet.octets()),
            late ->
                error(
                    Ipv6Packet.of(late),
                    IcmpMessage.TIME_EXCEEDED_6,
                    IcmpMessage.REASSEMBLY_CODE,
                    0));
    // Neighbor discovery must not come in fragments (RFC 6980), so there is no MAC address here.
    whole.ifPresent(payload -> deliver(packet, fragment.next(), Octets.of(payload), 0));
  }

  private void deliver(Ipv6Packet packet, int protocol, Octets payload, long fromMac) {
    Incoming incoming =
        new Incoming(
            packet.source(),
            packet.destination(),
            protocol,
            packet.hopLimit(),
            Ipv6Packet.HEADER,
            payload,
            packet.octets());
    switch (protocol) {
      case IpProtocols.ICMPV6 ->
          icmp(
              packet,
              incoming,
              IcmpMessage.ofV6(payload, packet.source(), packet.destination()),
              fromMac);
      case IpProtocols.UDP, IpProtocols.TCP -> {
        if (isMine(packet.destination())) {
          transports.accept(incoming);
        }
      }
      case IpProtocols.NO_NEXT_HEADER -> {}
      default ->
          error(
              packet,
              IcmpMessage.PARAMETER_PROBLEM_6,
              IcmpMessage.UNKNOWN_NEXT_HEADER_CODE_6,
              packet.octets().length() - packet.payload().length());
    }
  }

  private void icmp(Ipv6Packet packet, Incoming incoming, IcmpMessage message, long fromMac) {
    switch (message.type()) {
      case IcmpMessage.ECHO_6 -> echo(packet, message);
      case IcmpMessage.ECHO_REPLY_6 -> probes.echo(incoming, message.word());
      case IcmpMessage.UNREACHABLE_6,
          IcmpMessage.TOO_BIG_6,
          IcmpMessage.TIME_EXCEEDED_6,
          IcmpMessage.PARAMETER_PROBLEM_6 ->
          icmpError(incoming, message);
      default -> {
        if (fromMac != 0) {
          neighbors.receive(packet, message, fromMac);
        }
      }
    }
  }

  private void echo(Ipv6Packet packet, IcmpMessage message) {
    Ipv6Address source =
        isMine(packet.destination()) ? packet.destination() : sourceFor(packet.source());
    byte[] reply =
        IcmpMessage.makeV6(
            IcmpMessage.ECHO_REPLY_6, 0, message.word(), message.body(), source, packet.source());
    send(new Outgoing(source, packet.source(), IpProtocols.ICMPV6, reply));
  }

  private void icmpError(Incoming packet, IcmpMessage message) {
    Octets about = message.body();
    Ipv6Address destination = Ipv6Address.of(about, 24);
    if (!isMine(Ipv6Address.of(about, 8))) {
      return;
    }
    int mtu = message.type() == IcmpMessage.TOO_BIG_6 ? message.word() : 0;
    if (mtu > 0) {
      paths.learn(destination, mtu);
    }
    boolean fragment = about.u8(6) == IpProtocols.FRAGMENT;
    probes.error(
        destination,
        fragment ? about.u8(Ipv6Packet.HEADER) : about.u8(6),
        about.from(Ipv6Packet.HEADER + (fragment ? Ipv6Packet.FRAGMENT_HEADER : 0)),
        new Reply.Error(
            packet.source(), packet.ttl(), core.nanos(), message.type(), message.code(), mtu));
  }

  @Override
  public void portUnreachable(Incoming about) {
    error(
        Ipv6Packet.of(about.packet()),
        IcmpMessage.UNREACHABLE_6,
        IcmpMessage.PORT_UNREACHABLE_CODE_6,
        0);
  }

  /** Tells of a packet that could not be taken; never of another error (RFC 4443, 2.4). */
  private void error(Ipv6Packet packet, int type, int code, int word) {
    int protocol = packet.fragment().map(Ipv6Packet.Fragment::next).orElse(packet.protocol());
    boolean aboutError =
        protocol == IpProtocols.ICMPV6
            && (packet.payload().length() == 0 || packet.payload().u8(0) < IcmpMessage.ECHO_6);
    if (!isMine(packet.destination()) || aboutError || !errors.allows()) {
      return;
    }
    int room = LEAST_PATH - Ipv6Packet.HEADER - IcmpMessage.HEADER;
    Octets quoted = packet.octets().slice(0, Math.min(room, packet.octets().length()));
    byte[] message =
        IcmpMessage.makeV6(type, code, word, quoted, packet.destination(), packet.source());
    send(new Outgoing(packet.destination(), packet.source(), IpProtocols.ICMPV6, message));
  }

  private Optional<Ipv6Address> hop(Ipv6Address to) {
    if (to.isLinkLocal()
        || settings.isSet() && to.sharesPrefix(settings.address(), settings.prefix())) {
      return Optional.of(to);
    }
    return settings.hasRouter() ? Optional.of(settings.router()) : Optional.empty();
  }

  CompletableFuture<Reach> reach(Ipv6Address to) {
    return neighbors.table().reach(to, hop(to));
  }

  @Override
  public void send(Outgoing packet) {
    Ipv6Address to = (Ipv6Address) packet.destination();
    if (to.isMulticast()) {
      emit(to.multicastMac(), packet);
    } else {
      hop(to)
          .ifPresent(
              hop ->
                  neighbors
                      .table()
                      .resolve(hop, mac -> mac.ifPresent(known -> emit(known, packet))));
    }
  }

  /** Sends to a MAC address, in as many fragments as it takes. */
  void emit(long mac, Outgoing packet) {
    Ipv6Packet.Header header =
        new Ipv6Packet.Header(
            packet.protocol(),
            packet.ttl(),
            (Ipv6Address) packet.source(),
            (Ipv6Address) packet.destination());
    int path = paths.find(packet.destination());
    int mtu = packet.mtu() == 0 ? path : Math.min(packet.mtu(), path);
    byte[] payload = packet.payload();
    if (payload.length <= mtu - Ipv6Packet.HEADER) {
      core.send(Ipv6Packet.frame(mac, core.mac(), header, payload));
      return;
    }
    int step = mtu - Ipv6Packet.HEADER - Ipv6Packet.FRAGMENT_HEADER & ~7;
    int id = identification++;
    for (int at = 0; at < payload.length; at += step) {
      int length = Math.min(step, payload.length - at);
      Ipv6Packet.Fragment fragment =
          new Ipv6Packet.Fragment(id, at, at + length < payload.length, packet.protocol());
      core.send(Ipv6Packet.frame(mac, core.mac(), header, payload, fragment, length));
    }
  }

  void close() {
    reassembly.clear();
  }
}
