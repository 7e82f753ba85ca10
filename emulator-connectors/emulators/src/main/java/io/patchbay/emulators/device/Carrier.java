package io.patchbay.emulators.device;

import io.patchbay.spi.DataLinkType;
import java.util.Set;

/** What the ports of a card or an adapter carry, and what captures of it may call that. */
public enum Carrier {
  ETHERNET(Set.of(DataLinkType.EN10MB)),
  SERIAL(Set.of(DataLinkType.C_HDLC, DataLinkType.PPP_SERIAL, DataLinkType.FRELAY)),
  ATM(Set.of(DataLinkType.ATM_RFC1483)),
  POS(Set.of(DataLinkType.C_HDLC, DataLinkType.PPP_SERIAL, DataLinkType.FRELAY));

  private final Set<DataLinkType> captures;

  Carrier(Set<DataLinkType> captures) {
    this.captures = captures;
  }

  public Set<DataLinkType> captures() {
    return captures;
  }
}
