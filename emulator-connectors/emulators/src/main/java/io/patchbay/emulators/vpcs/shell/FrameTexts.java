package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.packet.ArpPacket;
import io.patchbay.netstack.packet.EtherTypes;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv4Packet;
import io.patchbay.netstack.packet.Ipv6Packet;
import io.patchbay.netstack.packet.Macs;
import io.patchbay.netstack.packet.Octets;
import java.util.Locale;

/** Packets in words, as {@code set dump detail} shows them. */
final class FrameTexts {
  private static final String FLAGS = "FSRPAUEC";

  private FrameTexts() {}

  static String describe(int etherType, Octets payload) {
    return switch (etherType) {
      case EtherTypes.ARP -> arp(ArpPacket.of(payload));
      case EtherTypes.IPV4 -> four(Ipv4Packet.of(payload));
      case EtherTypes.IPV6 -> six(Ipv6Packet.of(payload));
      default -> "";
    };
  }

  private static String arp(ArpPacket packet) {
    boolean request = packet.operation() == ArpPacket.REQUEST;
    String gratuitous = packet.sender().equals(packet.target()) ? "    Gratuitous ARP" : "";
    // VPCS asks for ff:ff:ff:ff:ff:ff, most hosts for 0; both mean everybody.
    boolean everybody = packet.targetMac() == Macs.BROADCAST || packet.targetMac() == 0;
    String target = everybody ? "Broadcast" : Macs.text(packet.targetMac());
    return "ARP, OpCode: "
        + packet.operation()
        + (request ? " (Request)" : " (Reply)")
        + gratuitous
        + "\nEther Address: "
        + Macs.text(packet.senderMac())
        + " -> "
        + target
        + "\n"
        + (request
            ? "Who has " + packet.target() + "? Tell " + packet.sender()
            : packet.sender() + " is at " + Macs.text(packet.senderMac()))
        + "\n";
  }

  private static String four(Ipv4Packet packet) {
    String head =
        String.format(
            Locale.ROOT,
            "IPv4, id: %x, length: %d, ttl: %d, sum: %04x%s%s\nAddress: %s -> %s\n",
            packet.identification(),
            packet.totalLength(),
            packet.ttl(),
            packet.octets().u16(10),
            packet.dontFragment() ? ", DF" : "",
            packet.isFragment() ? ", MF/" + packet.fragmentOffset() : "",
            packet.source(),
            packet.destination());
    return packet.fragmentOffset() > 0
        ? head
        : head + payload(false, packet.protocol(), packet.payload());
  }

  private static String six(Ipv6Packet packet) {
    return String.format(
            Locale.ROOT,
            "IPv6, flowid: %x, length: %d, ttl: %d\nAddress: %s -> %s\n",
            packet.octets().i32(0) & 0xf_ffff,
            packet.octets().u16(4),
            packet.hopLimit(),
            packet.source(),
            packet.destination())
        + (packet.fragment().isPresent() ? "" : payload(true, packet.protocol(), packet.payload()));
  }

  private static String payload(boolean six, int protocol, Octets data) {
    return switch (protocol) {
      case IpProtocols.ICMP, IpProtocols.ICMPV6 ->
          "Proto: icmp, type: "
              + data.u8(0)
              + ", code: "
              + data.u8(1)
              + "\nDesc: "
              + IcmpTexts.meaning(six, data.u8(0), data.u8(1))
              + "\n";
      case IpProtocols.UDP ->
          String.format(
              Locale.ROOT,
              "Proto: udp, len: %d, sum: %04x\n%s",
              data.u16(4),
              data.u16(6),
              ports(data));
      case IpProtocols.TCP ->
          String.format(
              Locale.ROOT,
              "Proto: tcp, sum: %04x, ack: %08x, seq: %08x, flags: %s\n%s",
              data.u16(16),
              data.i32(8),
              data.i32(4),
              flags(data.u8(13)),
              ports(data));
      default -> "";
    };
  }

  private static String ports(Octets data) {
    return "Port: " + data.u16(0) + " -> " + data.u16(2) + "\n";
  }

  private static String flags(int bits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < FLAGS.length(); i++) {
      text.append((bits >> i & 1) == 1 ? FLAGS.substring(i, i + 1) : "");
    }
    return text.toString();
  }
}
