package io.patchbay.spi;

import java.util.Locale;

/** The state of a node, as API v2 names it. */
public enum NodeStatus {
  STOPPED,
  STARTED,
  SUSPENDED;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws LabException ({@link ErrorCode#INVALID}) if there is no such status
   */
  public static NodeStatus ofWireName(String wireName) {
    for (NodeStatus status : values()) {
      if (status.wireName().equals(wireName)) {
        return status;
      }
    }
    throw LabException.invalid("'" + wireName + "' is not the status of a node");
  }
}
