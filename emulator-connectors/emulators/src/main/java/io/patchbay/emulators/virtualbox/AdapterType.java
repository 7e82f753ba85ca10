package io.patchbay.emulators.virtualbox;

import io.patchbay.spi.LabException;

/** Models of network adapters, with what API v2 and VBoxManage call them. */
enum AdapterType {
  PCNET_PCI("PCnet-PCI II (Am79C970A)", "Am79C970A"),
  PCNET_FAST("PCNet-FAST III (Am79C973)", "Am79C973"),
  PRO_1000_MT_DESKTOP("Intel PRO/1000 MT Desktop (82540EM)", "82540EM"),
  PRO_1000_T_SERVER("Intel PRO/1000 T Server (82543GC)", "82543GC"),
  PRO_1000_MT_SERVER("Intel PRO/1000 MT Server (82545EM)", "82545EM"),
  VIRTIO("Paravirtualized Network (virtio-net)", "virtio");

  private final String wireName;
  private final String option;

  AdapterType(String wireName, String option) {
    this.wireName = wireName;
    this.option = option;
  }

  String wireName() {
    return wireName;
  }

  /** Of {@code --nictype}. */
  String option() {
    return option;
  }

  /**
   * @throws LabException (INVALID) if there is no such type
   */
  static AdapterType of(String wireName) {
    for (AdapterType type : values()) {
      if (type.wireName.equals(wireName)) {
        return type;
      }
    }
    throw LabException.invalid("VirtualBox has no network adapters of type '" + wireName + "'");
  }
}
