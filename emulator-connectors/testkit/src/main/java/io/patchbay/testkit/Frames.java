package io.patchbay.testkit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Ethernet frames for tests. */
public final class Frames {
  private static final int HEADER = 14;
  private static final int IP = 0x0800;
  private static final int ARP = 0x0806;

  private Frames() {}

  /** A frame that carries some text. */
  public static byte[] ip(String destination, String source, String text) {
    byte[] payload = Arrays.copyOf(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), 46);
    return frame(destination, source, IP, payload);
  }

  /** Asks everybody who has an IPv4 address (RFC 826). */
  public static byte[] arpRequest(String source, String sourceIp, String wantedIp) {
    ByteBuffer arp = ByteBuffer.allocate(46);
    arp.putShort((short) 1).putShort((short) IP).put((byte) 6).put((byte) 4).putShort((short) 1);
    arp.put(mac(source)).put(ip(sourceIp)).put(new byte[6]).put(ip(wantedIp));
    return frame("ff:ff:ff:ff:ff:ff", source, ARP, arp.array());
  }

  /** Whether a frame says where an IPv4 address is. */
  public static boolean isArpReply(byte[] frame, String askedIp) {
    return frame.length >= HEADER + 28
        && ByteBuffer.wrap(frame).getShort(12) == ARP
        && frame[HEADER + 7] == 2
        && Arrays.equals(Arrays.copyOfRange(frame, HEADER + 14, HEADER + 18), ip(askedIp));
  }

  private static byte[] frame(String destination, String source, int type, byte[] payload) {
    return ByteBuffer.allocate(HEADER + payload.length)
        .put(mac(destination))
        .put(mac(source))
        .putShort((short) type)
        .put(payload)
        .array();
  }

  private static byte[] mac(String address) {
    return HexFormat.ofDelimiter(":").parseHex(address);
  }

  private static byte[] ip(String address) {
    String[] parts = address.split("\\.");
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return bytes;
  }
}
