package io.patchbay.netstack.packet;

import java.nio.ByteBuffer;

/** A view of a TCP segment (RFC 9293). */
public record TcpSegment(Octets octets) {
  public static final int HEADER = 20;
  public static final int FIN = 1;
  public static final int SYN = 2;
  public static final int RST = 4;
  public static final int PSH = 8;
  public static final int ACK = 16;

  /**
   * @throws MalformedException if the header's length is wrong
   */
  public static TcpSegment of(Octets octets) {
    int header = (octets.u8(12) >> 4) * 4;
    if (header < HEADER || header > octets.length()) {
      throw new MalformedException("wrong length of a TCP header");
    }
    return new TcpSegment(octets);
  }

  /**
   * @throws MalformedException if the checksum is wrong
   */
  public void requireChecksum(IpAddress source, IpAddress destination) {
    if (Checksum.of(octets, source, destination, IpProtocols.TCP) != 0) {
      throw new MalformedException("wrong checksum of a TCP segment");
    }
  }

  public int sourcePort() {
    return octets.u16(0);
  }

  public int destinationPort() {
    return octets.u16(2);
  }

  public int sequence() {
    return octets.i32(4);
  }

  public int acknowledgment() {
    return octets.i32(8);
  }

  public int flags() {
    return octets.u8(13);
  }

  public boolean has(int flag) {
    return (flags() & flag) != 0;
  }

  public int dataLength() {
    return octets.length() - (octets.u8(12) >> 4) * 4;
  }

  /** What of a segment differs from one to the next. */
  public record Header(
      int sourcePort, int destinationPort, int sequence, int acknowledgment, int flags) {}

  public static byte[] make(IpAddress source, IpAddress destination, Header header, byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(HEADER + data.length);
    out.putShort((short) header.sourcePort()).putShort((short) header.destinationPort());
    out.putInt(header.sequence()).putInt(header.acknowledgment());
    out.put((byte) (HEADER / 4 << 4)).put((byte) header.flags());
    out.putShort((short) 2920).putInt(0).put(data);
    int sum = Checksum.of(Octets.of(out.array()), source, destination, IpProtocols.TCP);
    out.putShort(16, (short) sum);
    return out.array();
  }
}
