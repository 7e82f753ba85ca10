package io.patchbay.emulators.dynamips.hardware;

import io.patchbay.emulators.device.Carrier;
import java.util.Arrays;
import java.util.Optional;

/** WAN interface cards, which go into a mainboard. */
public enum Wic {
  WIC_1ENET("WIC-1ENET", 1, Carrier.ETHERNET),
  WIC_1T("WIC-1T", 1, Carrier.SERIAL),
  WIC_2T("WIC-2T", 2, Carrier.SERIAL);

  /** Dynamips numbers the ports of the first WIC from here on, and so many for each. */
  private static final int NUMBERS = 16;

  private final String wireName;
  private final int ports;
  private final Carrier carrier;

  Wic(String wireName, int ports, Carrier carrier) {
    this.wireName = wireName;
    this.ports = ports;
    this.carrier = carrier;
  }

  public static Optional<Wic> named(String wireName) {
    return Arrays.stream(values()).filter(wic -> wic.wireName.equals(wireName)).findFirst();
  }

  public String wireName() {
    return wireName;
  }

  public int ports() {
    return ports;
  }

  public Carrier carrier() {
    return carrier;
  }

  /**
   * The number of a WIC's first port in slot 0, which is that of its place too.
   *
   * @param place of the WIC, from 0
   */
  public static int firstPort(int place) {
    return NUMBERS * (place + 1);
  }
}
