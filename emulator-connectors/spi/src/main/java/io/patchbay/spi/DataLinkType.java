package io.patchbay.spi;

import java.util.Locale;

/** What a capture's frames begin with, as API v2 names it. */
public enum DataLinkType {
  EN10MB,
  ATM_RFC1483,
  FRELAY,
  C_HDLC,
  PPP_SERIAL;

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
