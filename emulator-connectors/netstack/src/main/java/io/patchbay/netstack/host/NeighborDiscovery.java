package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IcmpMessage;
import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv6Address;
import io.patchbay.netstack.packet.Ipv6Packet;
import io.patchbay.netstack.packet.MalformedException;
import io.patchbay.netstack.packet.Octets;
import io.patchbay.netstack.packet.RouterAdvertisement;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Neighbor discovery (RFC 4861): finds the MAC addresses of neighbors, answers for its own, and
 * hears routers. Used under the host's lock.
 */
final class NeighborDiscovery {
  private static final int HOP_LIMIT = 255;
  private static final int SOURCE_OPTION = 1;
  private static final int TARGET_OPTION = 2;
  private static final int SOLICITED_OVERRIDE = 0x6000_0000;
  private static final int OVERRIDE = 0x2000_0000;

  private final HostCore core;
  private final Ipv6Layer ip;
  private final NeighborTable table;
  private BiConsumer<Ipv6Address, RouterAdvertisement> routers = (router, advertisement) -> {};

  NeighborDiscovery(HostCore core, Ipv6Layer ip) {
    this.core = core;
    this.ip = ip;
    table = new NeighborTable(core, this::solicit);
  }

  NeighborTable table() {
    return table;
  }

  /** Who is told of routers, by their link-local addresses. */
  void routers(BiConsumer<Ipv6Address, RouterAdvertisement> listener) {
    routers = listener;
  }

  private void solicit(IpAddress address) {
    Ipv6Address target = (Ipv6Address) address;
    send(
        ip.sourceFor(target),
        target.solicitedNode(),
        target.solicitedNode().multicastMac(),
        IcmpMessage.NEIGHBOR_SOLICITATION,
        0,
        body(Optional.of(target), SOURCE_OPTION));
  }

  /** Asks for routers. */
  void solicitRouters() {
    send(
        Ipv6Address.linkLocal(core.mac()),
        Ipv6Address.ALL_ROUTERS,
        Ipv6Address.ALL_ROUTERS.multicastMac(),
        IcmpMessage.ROUTER_SOLICITATION,
        0,
        body(Optional.empty(), SOURCE_OPTION));
  }

  private byte[] body(Optional<Ipv6Address> target, int option) {
    ByteBuffer out = ByteBuffer.allocate(target.isPresent() ? 24 : 8);
    target.ifPresent(address -> address.put(out));
    out.put((byte) option).put((byte) 1);
    out.putShort((short) (core.mac() >> 32)).putInt((int) core.mac());
    return out.array();
  }

  private void send(Ipv6Address source, Ipv6Address to, long mac, int type, int word, byte[] body) {
    byte[] message = IcmpMessage.makeV6(type, 0, word, Octets.of(body), source, to);
    ip.emit(mac, new Outgoing(source, to, IpProtocols.ICMPV6, message, HOP_LIMIT, false, 0));
  }

  /** Takes a message of neighbor discovery, which must not have come through a router. */
  void receive(Ipv6Packet packet, IcmpMessage message, long fromMac) {
    if (packet.hopLimit() != HOP_LIMIT || message.code() != 0) {
      throw new MalformedException("neighbor discovery from beyond the link");
    }
    switch (message.type()) {
      case IcmpMessage.NEIGHBOR_SOLICITATION -> solicited(packet, message, fromMac);
      case IcmpMessage.NEIGHBOR_ADVERTISEMENT -> advertised(message);
      case IcmpMessage.ROUTER_ADVERTISEMENT -> routerHeard(packet, message, fromMac);
      default -> {}
    }
  }

  private void solicited(Ipv6Packet packet, IcmpMessage message, long fromMac) {
    Ipv6Address target = Ipv6Address.of(message.octets(), 8);
    if (!ip.isMine(target)) {
      return;
    }
    byte[] body = body(Optional.of(target), TARGET_OPTION);
    if (packet.source().isUnspecified()) {
      // Somebody wants to use our address; all must hear that it is taken.
      send(
          target,
          Ipv6Address.ALL_NODES,
          Ipv6Address.ALL_NODES.multicastMac(),
          IcmpMessage.NEIGHBOR_ADVERTISEMENT,
          OVERRIDE,
          body);
      return;
    }
    long mac =
        RouterAdvertisement.linkLayerAddress(message.octets().from(24), SOURCE_OPTION)
            .orElse(fromMac);
    table.learn(packet.source(), mac);
    send(
        target, packet.source(), mac, IcmpMessage.NEIGHBOR_ADVERTISEMENT, SOLICITED_OVERRIDE, body);
  }

  private void advertised(IcmpMessage message) {
    Ipv6Address target = Ipv6Address.of(message.octets(), 8);
    RouterAdvertisement.linkLayerAddress(message.octets().from(24), TARGET_OPTION)
        .ifPresent(mac -> table.update(target, mac));
  }

  private void routerHeard(Ipv6Packet packet, IcmpMessage message, long fromMac) {
    if (!packet.source().isLinkLocal()) {
      throw new MalformedException("a router without link-local address");
    }
    RouterAdvertisement advertisement = RouterAdvertisement.of(message.octets());
    table.learn(packet.source(), advertisement.mac().orElse(fromMac));
    routers.accept(packet.source(), advertisement);
  }
}
