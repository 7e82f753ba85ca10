package io.patchbay.emulators.dynamips.hardware;

import io.patchbay.emulators.device.Carrier;
import java.util.Arrays;
import java.util.Optional;

/** Cards for the slots of routers, mainboards with ports of their own included. */
public enum Card {
  C1700_MB_1FE("C1700-MB-1FE", 1, Carrier.ETHERNET),
  /** Where WICs of some chassis show up; it has nothing itself. */
  C1700_MB_WIC1("C1700-MB-WIC1", 0, Carrier.SERIAL),
  C2600_MB_1E("C2600-MB-1E", 1, Carrier.ETHERNET),
  C2600_MB_1FE("C2600-MB-1FE", 1, Carrier.ETHERNET),
  C2600_MB_2E("C2600-MB-2E", 2, Carrier.ETHERNET),
  C2600_MB_2FE("C2600-MB-2FE", 2, Carrier.ETHERNET),
  C7200_IO_2FE("C7200-IO-2FE", 2, Carrier.ETHERNET),
  C7200_IO_FE("C7200-IO-FE", 1, Carrier.ETHERNET),
  C7200_IO_GE_E("C7200-IO-GE-E", 1, Carrier.ETHERNET),
  GT96100_FE("GT96100-FE", 2, Carrier.ETHERNET),
  LEOPARD_2FE("Leopard-2FE", 2, Carrier.ETHERNET),
  NM_16ESW("NM-16ESW", 16, Carrier.ETHERNET),
  NM_1E("NM-1E", 1, Carrier.ETHERNET),
  NM_1FE_TX("NM-1FE-TX", 1, Carrier.ETHERNET),
  NM_4E("NM-4E", 4, Carrier.ETHERNET),
  NM_4T("NM-4T", 4, Carrier.SERIAL),
  PA_2FE_TX("PA-2FE-TX", 2, Carrier.ETHERNET),
  PA_4E("PA-4E", 4, Carrier.ETHERNET),
  PA_4T("PA-4T+", 4, Carrier.SERIAL),
  PA_8E("PA-8E", 8, Carrier.ETHERNET),
  PA_8T("PA-8T", 8, Carrier.SERIAL),
  PA_A1("PA-A1", 1, Carrier.ATM),
  PA_FE_TX("PA-FE-TX", 1, Carrier.ETHERNET),
  PA_GE("PA-GE", 1, Carrier.ETHERNET),
  PA_POS_OC3("PA-POS-OC3", 1, Carrier.POS);

  private final String wireName;
  private final int ports;
  private final Carrier carrier;

  Card(String wireName, int ports, Carrier carrier) {
    this.wireName = wireName;
    this.ports = ports;
    this.carrier = carrier;
  }

  public static Optional<Card> named(String wireName) {
    return Arrays.stream(values()).filter(card -> card.wireName.equals(wireName)).findFirst();
  }

  /** Its name in API v2 and in Dynamips. */
  public String wireName() {
    return wireName;
  }

  /** How many ports it has; they are numbered from 0. */
  public int ports() {
    return ports;
  }

  public Carrier carrier() {
    return carrier;
  }
}
