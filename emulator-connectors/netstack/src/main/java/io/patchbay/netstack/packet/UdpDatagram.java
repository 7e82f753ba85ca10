package io.patchbay.netstack.packet;

import java.nio.ByteBuffer;

/** A view of a UDP datagram (RFC 768). */
public record UdpDatagram(Octets octets) {
  public static final int HEADER = 8;

  /**
   * @throws MalformedException if the length or the checksum is wrong
   */
  public static UdpDatagram of(Octets octets, IpAddress source, IpAddress destination) {
    int length = octets.u16(4);
    if (length < HEADER || length > octets.length()) {
      throw new MalformedException("wrong length of a UDP datagram");
    }
    Octets datagram = octets.slice(0, length);
    boolean unchecked = datagram.u16(6) == 0 && source instanceof Ipv4Address;
    if (!unchecked && Checksum.of(datagram, source, destination, IpProtocols.UDP) != 0) {
      throw new MalformedException("wrong checksum of a UDP datagram");
    }
    return new UdpDatagram(datagram);
  }

  public int sourcePort() {
    return octets.u16(0);
  }

  public int destinationPort() {
    return octets.u16(2);
  }

  public Octets data() {
    return octets.from(HEADER);
  }

  public static byte[] make(
      IpAddress source, int sourcePort, IpAddress destination, int destinationPort, byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(HEADER + data.length);
    out.putShort((short) sourcePort).putShort((short) destinationPort);
    out.putShort((short) (HEADER + data.length)).putShort((short) 0).put(data);
    int sum = Checksum.of(Octets.of(out.array()), source, destination, IpProtocols.UDP);
    out.putShort(6, (short) (sum == 0 ? 0xffff : sum));
    return out.array();
  }
}
