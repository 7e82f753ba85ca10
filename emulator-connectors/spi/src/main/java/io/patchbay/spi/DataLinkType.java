package io.patchbay.spi;

import java.util.Locale;

/** What a capture's frames begin with, as API v2 names it. */
public enum DataLinkType {
  EN10MB(1),
  ATM_RFC1483(100),
  FRELAY(107),
  C_HDLC(104),
  PPP_SERIAL(50);

  private final int number;

  DataLinkType(int number) {
    this.number = number;
  }

  /** In the registry of link types of pcap files (LINKTYPE_). */
  public int number() {
    return number;
  }

  public String wireName() {
    return "DLT_" + name().toUpperCase(Locale.ROOT);
  }

  /**
   * @throws LabException ({@link ErrorCode#INVALID}) if there is no such type
   */
  public static DataLinkType ofWireName(String wireName) {
    for (DataLinkType type : values()) {
      if (type.wireName().equals(wireName)) {
        return type;
      }
    }
    throw LabException.invalid("'" + wireName + "' is not a data link type");
  }
}
