package io.patchbay.netstack;

import java.util.Arrays;

/** Takes the octets of a fuzz test apart; behind their end everything is 0 or empty. */
public final class Input {
  private final byte[] octets;
  private int at;

  public Input(byte[] octets) {
    this.octets = octets;
  }

  public boolean isEmpty() {
    return at >= octets.length;
  }

  public int u8() {
    return isEmpty() ? 0 : octets[at++] & 0xff;
  }

  public int u16() {
    return u8() << 8 | u8();
  }

  public int i32() {
    return u16() << 16 | u16();
  }

  /** So many octets, or what is left if that is less. */
  public byte[] octets(int length) {
    int end = Math.min(octets.length, at + length);
    byte[] taken = Arrays.copyOfRange(octets, Math.min(at, end), end);
    at = end;
    return taken;
  }

  public byte[] rest() {
    return octets(octets.length);
  }
}
