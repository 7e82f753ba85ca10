package io.patchbay.netstack.packet;

import java.nio.ByteBuffer;

/** A view of an ARP packet for IPv4 over Ethernet (RFC 826). */
public record ArpPacket(Octets octets) {
  public static final int REQUEST = 1;
  public static final int REPLY = 2;
  private static final int LENGTH = 28;
  private static final long PREFIX = 0x0001_0800_0604L;

  /**
   * @throws MalformedException if it is none
   */
  public static ArpPacket of(Octets octets) {
    if (octets.length() < LENGTH || octets.u48(0) != PREFIX) {
      throw new MalformedException("no ARP for IPv4 over Ethernet");
    }
    return new ArpPacket(octets);
  }

  public int operation() {
    return octets.u16(6);
  }

  public long senderMac() {
    return octets.u48(8);
  }

  public Ipv4Address sender() {
    return new Ipv4Address(octets.i32(14));
  }

  public long targetMac() {
    return octets.u48(18);
  }

  public Ipv4Address target() {
    return new Ipv4Address(octets.i32(24));
  }

  /** Makes a packet; the target's MAC address is 0 where it is asked for. */
  public static FrameWriter frame(
      long to,
      int operation,
      long senderMac,
      Ipv4Address sender,
      long targetMac,
      Ipv4Address target) {
    FrameWriter frame = new FrameWriter(to, senderMac, EtherTypes.ARP, LENGTH);
    ByteBuffer out = frame.payload();
    out.putShort((short) (PREFIX >> 32)).putInt((int) PREFIX).putShort((short) operation);
    putMac(out, senderMac);
    out.putInt(sender.bits());
    putMac(out, targetMac);
    out.putInt(target.bits());
    return frame;
  }

  private static void putMac(ByteBuffer out, long mac) {
    out.putShort((short) (mac >> 32)).putInt((int) mac);
  }
}
