package io.patchbay.netstack.host;

import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.packet.DhcpMessage;
import io.patchbay.netstack.packet.EtherTypes;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Ipv6Address;
import io.patchbay.netstack.packet.Octets;
import io.patchbay.netstack.wire.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * A small IP host with one Ethernet port. It owns no thread: frames drive it, and timers of a
 * shared scheduler. Thread-safe; nothing here waits, and what takes time answers with a future that
 * is completed on a thread of the netstack, so what depends on it must be quick.
 */
public final class VirtualHost implements AutoCloseable {
  private final HostCore core;
  private final ProbeTable probes;
  private final Ipv4Layer ip4;
  private final Ipv6Layer ip6;
  private final Autoconfiguration autoconfiguration;
  private final DhcpClient dhcp;
  private final HostNames names;
  private final LinkEnd port;
  private String hostName = "";

  /**
   * @param mac 48 bits, not a group's
   */
  public VirtualHost(long mac, HostScheduler scheduler) {
    core = new HostCore(mac, scheduler);
    probes = new ProbeTable(core);
    ip4 = new Ipv4Layer(core, probes);
    ip6 = new Ipv6Layer(core, probes);
    Map<Integer, Transports.UdpListener> ports = Transports.noPorts();
    ip4.transports(new Transports(core, ip4, probes, ports)::receive);
    ip6.transports(new Transports(core, ip6, probes, ports)::receive);
    autoconfiguration = new Autoconfiguration(core, ip6);
    dhcp = new DhcpClient(core, ip4, new LeaseUser());
    ports.put(DhcpMessage.CLIENT_PORT, dhcp::receive);
    names = new HostNames(ip4, ip6, autoconfiguration, new DnsResolver(core, ports, this::send));
    port = new HostPort(core, this::receive);
  }

  /** The link that the host hangs on: what is sent into it, the host receives. */
  public LinkEnd port() {
    return port;
  }

  private void receive(Octets frame) {
    boolean forUs = frame.u48(0) == core.mac();
    Octets payload = frame.from(Frame.MIN_LENGTH);
    switch (frame.u16(12)) {
      case EtherTypes.ARP -> ip4.arp().receive(payload);
      case EtherTypes.IPV4 -> ip4.receive(payload, forUs);
      case EtherTypes.IPV6 -> ip6.receive(payload, frame.u48(6));
      default -> {}
    }
  }

  private void send(Outgoing packet) {
    if (packet.destination() instanceof Ipv4Address) {
      ip4.send(packet);
    } else {
      ip6.send(packet);
    }
  }

  private final class LeaseUser implements DhcpClient.Owner {
    @Override
    public String hostName() {
      return hostName;
    }

    @Override
    public void bound(DhcpLease lease) {
      if (!lease.settings().equals(ip4.settings())) {
        ip4.settings(lease.settings());
      }
      names.leased(lease.names());
    }

    @Override
    public void lost() {
      ip4.settings(Ipv4Settings.NONE);
    }
  }

  public long mac() {
    return core.mac();
  }

  /** What DHCP servers are told. */
  public void hostName(String name) {
    core.run(() -> hostName = name);
  }

  public int mtu() {
    return core.mtu();
  }

  /**
   * @param octets the longest IP packet, 68 to 9000
   */
  public void mtu(int octets) {
    core.run(() -> core.mtu(octets));
  }

  public LinkCounters counters() {
    return core.counters();
  }

  public void tap(FrameTap tap) {
    core.tap(tap);
  }

  /** Who is told what the user should know, such as that somebody else uses the address. */
  public void notices(Consumer<String> listener) {
    core.notices(listener);
  }

  /** The clock of {@link Reply#at} and {@link DhcpLease#at}. */
  public long nanos() {
    return core.nanos();
  }

  /**
   * Waits on that clock until a future is done or so long has passed; not on a thread of the
   * netstack.
   */
  public void await(Future<?> future, Duration most) throws InterruptedException {
    core.scheduler().await(future, most);
  }

  /** Lets so much time pass on that clock; not on a thread of the netstack. */
  public void pause(Duration time) throws InterruptedException {
    await(new CompletableFuture<>(), time);
  }

  public Ipv4Settings ipv4() {
    return core.get(ip4::settings);
  }

  /** Sets the IPv4 address by hand, and tells the link; a lease is forgotten. */
  public void ipv4(Ipv4Settings settings) {
    core.run(
        () -> {
          dhcp.forget();
          ip4.settings(settings);
        });
  }

  /**
   * Asks whether anybody uses an address.
   *
   * @return the MAC address of who does
   */
  public CompletableFuture<OptionalLong> whoHas(Ipv4Address address) {
    return core.get(() -> ip4.arp().probe(address));
  }

  public List<Neighbor> arpTable() {
    return core.get(ip4.arp().table()::snapshot);
  }

  public void clearArp() {
    core.run(ip4.arp().table()::clear);
  }

  public Ipv6Address linkLocal() {
    return ip6.linkLocal();
  }

  public Ipv6Settings ipv6() {
    return core.get(ip6::settings);
  }

  /** Sets the global IPv6 address by hand, and asks for routers. */
  public void ipv6(Ipv6Address address, int prefix, boolean eui64) {
    core.run(() -> autoconfiguration.set(address, prefix, eui64));
  }

  /** Lets routers give the global IPv6 address; completed once there is one. */
  public CompletableFuture<Ipv6Settings> autoIpv6() {
    return core.get(autoconfiguration::auto);
  }

  /** Takes the global IPv6 address and the router away. */
  public void clearIpv6() {
    core.run(autoconfiguration::clear);
  }

  public List<Neighbor> neighbors() {
    return core.get(ip6.neighbors().table()::snapshot);
  }

  public void clearNeighbors() {
    core.run(ip6.neighbors().table()::clear);
  }

  public List<PathMtu> pathMtus6() {
    return core.get(ip6.paths()::snapshot);
  }

  public NameSettings names() {
    return core.get(names::settings);
  }

  public void names(NameSettings settings) {
    core.run(() -> names.settings(settings));
  }

  /** Looks a name up; nothing if it is not known. */
  public CompletableFuture<Optional<HostName>> resolve(String name) {
    return core.get(() -> names.resolve(name));
  }

  /** Whether packets can be sent there; finds the MAC address that they go to. */
  public CompletableFuture<Reach> reach(IpAddress destination) {
    return core.get(
        () ->
            switch (destination) {
              case Ipv4Address four -> ip4.reach(four);
              case Ipv6Address six -> ip6.reach(six);
            });
  }

  /**
   * Sends a packet that shall be answered.
   *
   * @return the answer; who does not want to wait for it any longer cancels the future
   */
  public CompletableFuture<Reply> probe(Probe probe) {
    CompletableFuture<Reply> result = new CompletableFuture<>();
    result.whenComplete((reply, gone) -> core.run(() -> probes.remove(probe.key())));
    core.run(
        () -> {
          probes.add(probe.key(), reply -> core.complete(result, reply));
          send(ProbePackets.of(probe, sourceFor(probe.destination()), core.mac()));
        });
    return result;
  }

  private IpAddress sourceFor(IpAddress destination) {
    return switch (destination) {
      case Ipv4Address four -> ip4.settings().address();
      case Ipv6Address six -> ip6.sourceFor(six);
    };
  }

  /**
   * Opens a conversation by TCP, segment by segment.
   *
   * @param destinationPort 1 to 65535
   */
  public TcpConversation converse(
      IpAddress destination, int sourcePort, int destinationPort, int ttl) {
    TcpConversation conversation =
        new TcpConversation(
            this, new TcpConversation.Flow(destination, sourcePort, destinationPort, ttl));
    core.run(() -> probes.add(conversation.key(), conversation::took));
    return conversation;
  }

  void end(TcpConversation conversation) {
    core.run(() -> probes.remove(conversation.key()));
  }

  void send(TcpConversation conversation, ProbePackets.Segment segment) {
    core.run(
        () -> {
          IpAddress source = sourceFor(conversation.flow().destination());
          send(ProbePackets.of(conversation.flow(), source, segment));
        });
  }

  /**
   * Gets an IPv4 address by DHCP.
   *
   * @param observer sees every message of the exchange
   */
  public CompletableFuture<DhcpResult> dhcp(Consumer<DhcpMessage> observer) {
    return core.get(() -> dhcp.discover(observer));
  }

  /** Gives the lease back and is done when that is said; whether there was one. */
  public CompletableFuture<Boolean> releaseDhcp(Consumer<DhcpMessage> observer) {
    return core.get(() -> dhcp.release(observer));
  }

  public Optional<DhcpLease> lease() {
    return core.get(dhcp::lease);
  }

  /** Takes no frame and sends none any more. */
  @Override
  public void close() {
    core.run(
        () -> {
          dhcp.forget();
          autoconfiguration.clear();
          ip4.close();
          ip6.close();
        });
    core.close();
  }
}
