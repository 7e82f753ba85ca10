package io.patchbay.netstack.host;

import io.patchbay.netstack.packet.IpAddress;
import io.patchbay.netstack.packet.IpProtocols;
import io.patchbay.netstack.packet.Ipv6Address;

/**
 * A packet that shall be answered.
 *
 * @param protocol of IANA's: ICMP (for either family), UDP or TCP
 * @param sourcePort of UDP and TCP; the identifier of an ICMP echo
 * @param destinationPort of UDP and TCP; the sequence number of an ICMP echo
 * @param tcpFlags of a TCP segment
 * @param dataLength octets behind the header
 * @param mtu longer packets are fragmented; 0 for the link's MTU
 */
public record Probe(
    IpAddress destination,
    int protocol,
    int sourcePort,
    int destinationPort,
    int tcpFlags,
    int dataLength,
    int ttl,
    boolean dontFragment,
    int mtu) {
  static final int TTL = 64;

  /** A plain echo request with the usual 56 octets. */
  public static Probe echo(IpAddress destination, int identifier, int sequence) {
    return new Probe(destination, IpProtocols.ICMP, identifier, sequence, 0, 56, TTL, false, 0);
  }

  Key key() {
    boolean six = destination instanceof Ipv6Address;
    int wire = protocol == IpProtocols.ICMP && six ? IpProtocols.ICMPV6 : protocol;
    return new Key(destination, wire, sourcePort << 16 | destinationPort & 0xffff);
  }

  /** By what an answer, or an error about the packet, is known. */
  record Key(IpAddress destination, int protocol, int word) {}
}
