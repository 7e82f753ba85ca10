package io.patchbay.netstack.packet;

/** MAC addresses, which are numbers of 48 bits here. */
public final class Macs {
  public static final long BROADCAST = 0xffff_ffff_ffffL;
  private static final long GROUP_BIT = 1L << 40;

  private Macs() {}

  public static boolean isGroup(long mac) {
    return (mac & GROUP_BIT) != 0;
  }

  /** Six pairs of lower-case digits with colons. */
  public static String text(long mac) {
    StringBuilder text = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      int octet = (int) (mac >> shift) & 0xff;
      text.append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 15, 16));
      if (shift > 0) {
        text.append(':');
      }
    }
    return text.toString();
  }
}
