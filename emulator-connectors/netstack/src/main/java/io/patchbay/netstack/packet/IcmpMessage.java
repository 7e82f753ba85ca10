package io.patchbay.netstack.packet;

import java.nio.ByteBuffer;

/** A view of a message of ICMP (RFC 792) or ICMPv6 (RFC 4443), which differ in their numbers. */
public record IcmpMessage(Octets octets) {
  public static final int HEADER = 8;
  public static final int ECHO_REPLY = 0;
  public static final int UNREACHABLE = 3;
  public static final int REDIRECT = 5;
  public static final int ECHO = 8;
  public static final int TIME_EXCEEDED = 11;
  public static final int PROTOCOL_UNREACHABLE_CODE = 2;
  public static final int PORT_UNREACHABLE_CODE = 3;
  public static final int FRAGMENTATION_NEEDED_CODE = 4;
  public static final int REASSEMBLY_CODE = 1;

  public static final int UNREACHABLE_6 = 1;
  public static final int TOO_BIG_6 = 2;
  public static final int TIME_EXCEEDED_6 = 3;
  public static final int PARAMETER_PROBLEM_6 = 4;
  public static final int ECHO_6 = 128;
  public static final int ECHO_REPLY_6 = 129;
  public static final int ROUTER_SOLICITATION = 133;
  public static final int ROUTER_ADVERTISEMENT = 134;
  public static final int NEIGHBOR_SOLICITATION = 135;
  public static final int NEIGHBOR_ADVERTISEMENT = 136;
  public static final int PORT_UNREACHABLE_CODE_6 = 4;
  public static final int UNKNOWN_NEXT_HEADER_CODE_6 = 1;

  /**
   * @throws MalformedException if the checksum is wrong
   */
  public static IcmpMessage ofV4(Octets octets) {
    if (octets.length() < HEADER || Checksum.of(octets) != 0) {
      throw new MalformedException("wrong checksum of an ICMP message");
    }
    return new IcmpMessage(octets);
  }

  /**
   * @throws MalformedException if the checksum is wrong
   */
  public static IcmpMessage ofV6(Octets octets, Ipv6Address source, Ipv6Address destination) {
    if (octets.length() < HEADER
        || Checksum.of(octets, source, destination, IpProtocols.ICMPV6) != 0) {
      throw new MalformedException("wrong checksum of an ICMPv6 message");
    }
    return new IcmpMessage(octets);
  }

  public int type() {
    return octets.u8(0);
  }

  public int code() {
    return octets.u8(1);
  }

  /** Of an echo. */
  public int identifier() {
    return octets.u16(4);
  }

  /** Of an echo. */
  public int sequence() {
    return octets.u16(6);
  }

  /** The four octets behind the checksum. */
  public int word() {
    return octets.i32(4);
  }

  /** Behind the first eight octets: an echo's data, or the packet that an error is about. */
  public Octets body() {
    return octets.from(HEADER);
  }

  public static byte[] makeV4(int type, int code, int word, Octets body) {
    byte[] message = unchecked(type, code, word, body);
    ByteBuffer.wrap(message).putShort(2, (short) Checksum.of(Octets.of(message)));
    return message;
  }

  public static byte[] makeV6(
      int type, int code, int word, Octets body, Ipv6Address source, Ipv6Address destination) {
    byte[] message = unchecked(type, code, word, body);
    int sum = Checksum.of(Octets.of(message), source, destination, IpProtocols.ICMPV6);
    ByteBuffer.wrap(message).putShort(2, (short) sum);
    return message;
  }

  private static byte[] unchecked(int type, int code, int word, Octets body) {
    ByteBuffer out = ByteBuffer.allocate(HEADER + body.length());
    out.put((byte) type).put((byte) code).putShort((short) 0).putInt(word).put(body.toBytes());
    return out.array();
  }
}
