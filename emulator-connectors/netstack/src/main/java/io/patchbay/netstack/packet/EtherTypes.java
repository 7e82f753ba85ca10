package io.patchbay.netstack.packet;

/** EtherTypes, as IANA has them. */
public final class EtherTypes {
  public static final int IPV4 = 0x0800;
  public static final int ARP = 0x0806;
  public static final int IPV6 = 0x86dd;

  private EtherTypes() {}
}
